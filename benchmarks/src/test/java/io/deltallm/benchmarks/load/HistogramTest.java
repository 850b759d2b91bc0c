package io.deltallm.benchmarks.load;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void findsQuantilesOfAnUniformSpread() {
        for (long nanos = 1; nanos <= 100_000; nanos++) {
            histogram.record(nanos);
        }

        assertThat(histogram.count()).isEqualTo(100_000);
        assertThat(histogram.quantileNanos(0.50)).isCloseTo(50_000, withinPercentage(0.8));
        assertThat(histogram.quantileNanos(0.99)).isCloseTo(99_000, withinPercentage(0.8));
        assertThat(histogram.maxNanos()).isEqualTo(100_000);
    }

    @Test
    void keepsValuesOfEverySizeWithinOnePercent() {
        for (int bit = 0; bit < 62; bit++) {
            long value = (1L << bit) + (1L << bit) / 3;
            Histogram alone = new Histogram();
            alone.record(value);

            assertThat(alone.quantileNanos(0.5)).isCloseTo(value, withinPercentage(0.8));
        }
    }

    @Test
    void takesTheLargestValueThereIs() {
        histogram.record(Long.MAX_VALUE);

        assertThat(histogram.quantileNanos(1)).isCloseTo(Long.MAX_VALUE, withinPercentage(0.8));
    }

    @Test
    void countsAClockThatWentBackAsNothing() {
        histogram.record(-5);

        assertThat(histogram.quantileNanos(1)).isZero();
    }

    @Test
    void saysZeroWhenNothingWasRecorded() {
        assertThat(histogram.quantileNanos(0.99)).isZero();
    }
}
