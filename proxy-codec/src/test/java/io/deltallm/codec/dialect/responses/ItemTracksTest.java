package io.deltallm.codec.dialect.responses;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class ItemTracksTest {
    private final ItemTracks tracks = new ItemTracks();

    @Test
    void findsAnItemByItsPlace() {
        ItemTrack first = tracks.begin(0);
        ItemTrack second = tracks.begin(7);

        assertThat(tracks.at(0)).isSameAs(first);
        assertThat(tracks.at(0)).isSameAs(first);
        assertThat(tracks.at(7)).isSameAs(second);
        assertThat(tracks.at(3)).isNotIn(first, second).isSameAs(tracks.at(3));
    }

    @Test
    void takesAnEventWithoutAPlaceForOneOfTheItemThatBeganLast() {
        assertThat(tracks.isEmpty()).isTrue();
        ItemTrack unplaced = tracks.at(EventFields.UNSAID);
        assertThat(tracks.at(EventFields.UNSAID)).isSameAs(unplaced);

        ItemTrack placed = tracks.at(4);
        assertThat(tracks.at(EventFields.UNSAID)).isSameAs(placed);

        tracks.begin(5);
        tracks.at(4);
        assertThat(tracks.at(EventFields.UNSAID).index).isEqualTo(5);
    }

    @Test
    void prefersTheItemThatBeganLaterAtAPlace() {
        ItemTrack early = tracks.begin(1);
        ItemTrack late = tracks.begin(1);

        assertThat(tracks.at(1)).isSameAs(late).isNotSameAs(early);
    }

    /// Each looked for among all: twenty thousand million steps.
    @Test
    @Timeout(20)
    void findsEachOfVeryManyItemsAtOnce() {
        int many = 200_000;
        for (int i = 0; i < many; i++) {
            tracks.begin(i * 4096);
        }
        for (int i = 0; i < many; i++) {
            assertThat(tracks.at(i * 4096).index).isEqualTo(i * 4096);
        }
    }
}
