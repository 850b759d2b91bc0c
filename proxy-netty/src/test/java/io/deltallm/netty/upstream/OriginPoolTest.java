package io.deltallm.netty.upstream;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.netty.testing.LeakGuard;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class OriginPoolTest {
    private static final String OK = "HTTP/1.1 200 OK~Content-Length: 2~~ok";
    private static final String DONE = "sent 200 [ok]ended";

    private final UpstreamBench bench = new UpstreamBench(2, 1);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void opensUpToTheCapAndLetsOthersWaitInOrder() {
        bench.start();
        bench.start();
        HeardAttempt third = bench.start();
        HeardAttempt fourth = bench.start();
        assertThat(bench.provider.connections()).isEqualTo(2);
        assertThat(bench.active()).isEqualTo(2);
        assertThat(third.heard()).isEmpty();

        bench.provider.socket(1).reply(OK);
        assertThat(third.heard()).startsWith("sent ");
        assertThat(fourth.heard()).isEmpty();
        bench.provider.socket(0).reply(OK);

        assertThat(fourth.heard()).startsWith("sent ");
        assertThat(bench.provider.connections()).isEqualTo(2);
        assertThat(bench.poolWaits).isEqualTo(2);
    }

    @Test
    void opensAnewForThoseWhoWaitWhenAConnectionIsLost() {
        bench.start();
        HeardAttempt second = bench.start();
        HeardAttempt third = bench.start();

        bench.provider.socket(1).hangUp();

        assertThat(second.failure()).isEqualTo(ErrorCode.UPSTREAM_CLOSED);
        assertThat(third.heard()).startsWith("sent ");
        assertThat(bench.provider.connections()).isEqualTo(3);
        assertThat(bench.active()).isEqualTo(2);
    }

    @Test
    void passesOverThoseWhoGaveUpWaiting() {
        bench.start();
        bench.start();
        HeardAttempt gone = bench.start();
        HeardAttempt patient = bench.start();

        gone.attempt().cancel();
        bench.provider.socket(0).reply(OK);

        assertThat(gone.heard()).isEmpty();
        assertThat(patient.heard()).startsWith("sent ");
    }

    @Test
    void turnsThoseAwayWhoHaveWaitedLongEnough() {
        bench.start();
        bench.start();
        bench.provider.socket(0).reply("HTTP/1.1 200 OK~~a");
        bench.provider.socket(1).reply("HTTP/1.1 200 OK~~b");
        HeardAttempt early = bench.start();
        bench.clock.advance(EmbeddedProvider.ACQUIRE.minusSeconds(1));
        HeardAttempt late = bench.start();

        bench.clock.advance(Duration.ofSeconds(2));
        assertThat(early.failure()).isEqualTo(ErrorCode.UPSTREAM_POOL_FULL);
        assertThat(late.failure()).isNull();
        bench.clock.advance(Duration.ofMillis(1500));

        assertThat(late.failure()).isEqualTo(ErrorCode.UPSTREAM_POOL_FULL);
        assertThat(bench.poolWaits).isEqualTo(2);
        assertThat(bench.active()).isEqualTo(2);
    }

    @Test
    void keepsNoMoreIdleThanItMay() {
        bench.start();
        bench.start();

        bench.provider.socket(0).reply(OK);
        bench.provider.socket(1).reply(OK);

        assertThat(bench.idle()).isOne();
        assertThat(bench.active()).isZero();
        assertThat(bench.provider.socket(1).isActive()).isFalse();
    }

    @Test
    void closesWhatIsIdleForTooLong() {
        bench.start();
        bench.provider.socket(0).reply(OK);

        bench.clock.advance(EmbeddedProvider.IDLE_EXPIRY.minusSeconds(1));
        assertThat(bench.idle()).isOne();
        bench.clock.advance(Duration.ofSeconds(2));

        assertThat(bench.idle()).isZero();
        assertThat(bench.provider.socket(0).isActive()).isFalse();
    }

    @Test
    void forgetsAnIdleConnectionThatDied() {
        bench.start();
        bench.provider.socket(0).reply(OK);

        bench.provider.socket(0).hangUp();
        assertThat(bench.idle()).isZero();
        HeardAttempt second = bench.start();
        bench.provider.socket(1).reply(OK);

        assertThat(second.heard()).isEqualTo(DONE);
        assertThat(bench.active()).isZero();
    }

    @Test
    void triesAReusedConnectionThatDiedOnceMoreOnAFreshOne() {
        bench.start();
        bench.provider.socket(0).reply(OK);
        HeardAttempt second = bench.start();
        assertThat(bench.provider.connections()).isOne();

        bench.provider.socket(0).hangUp();
        assertThat(bench.provider.socket(1).written()).isEqualTo(HeardAttempt.REQUEST);
        assertThat(second.heard()).isEqualTo("sent sent ");
        assertThat(second.attempt().connections()).isEqualTo(2);
        bench.provider.socket(1).hangUp();

        assertThat(second.failure()).isEqualTo(ErrorCode.UPSTREAM_CLOSED);
        assertThat(bench.provider.connections()).isEqualTo(2);
        assertThat(bench.active()).isZero();
    }

    @Test
    void doesNotRetryWhatTheProviderBeganToAnswer() {
        bench.start();
        bench.provider.socket(0).reply(OK);
        HeardAttempt second = bench.start();

        bench.provider.socket(0).reply("HTTP/1.1 2");
        bench.provider.socket(0).hangUp();

        assertThat(second.failure()).isEqualTo(ErrorCode.UPSTREAM_PROTOCOL);
        assertThat(bench.provider.connections()).isOne();
    }

    @Test
    void tellsThatNobodyListens() {
        bench.provider.refuse(true);

        HeardAttempt attempt = bench.start();

        assertThat(attempt.failure()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
        assertThat(bench.connectFailures).isOne();
        assertThat(bench.active()).isZero();
    }

    @Test
    void givesTheSlotOfAFailedConnectionToTheNext() {
        bench.provider.holdBack();
        HeardAttempt first = bench.start();
        bench.start();
        HeardAttempt third = bench.start();

        bench.provider.socket(0).refuse();
        assertThat(bench.provider.connections()).isEqualTo(3);
        bench.provider.socket(2).accept();

        assertThat(first.failure()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
        assertThat(third.heard()).startsWith("sent ");
    }

    @Test
    void keepsAConnectionThatWasOpenedForSomeoneWhoLeft() {
        bench.provider.holdBack();
        HeardAttempt gone = bench.start();
        gone.attempt().cancel();
        assertThat(bench.active()).isOne();

        bench.provider.socket(0).accept();

        assertThat(gone.heard()).isEmpty();
        assertThat(bench.active()).isZero();
        assertThat(bench.idle()).isOne();
    }

    @Test
    void closesIdleConnectionsWithTheLoopAndBusyOnesBehindTheirReply() {
        bench.start();
        HeardAttempt busy = bench.start();
        bench.provider.socket(0).reply(OK);

        bench.provider.pool().close();
        bench.run();
        assertThat(bench.idle()).isZero();
        bench.provider.socket(1).reply(OK);

        assertThat(busy.heard()).isEqualTo(DONE);
        assertThat(bench.idle()).isZero();
        assertThat(bench.active()).isZero();
    }
}
