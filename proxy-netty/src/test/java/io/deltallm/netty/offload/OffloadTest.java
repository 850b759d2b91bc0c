package io.deltallm.netty.offload;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.policy.store.StoreException;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class OffloadTest {
    private final EventExecutor loop = new DefaultEventExecutor();
    private static final Patience USUAL = Patience.usual(ErrorCode.STORE_UNAVAILABLE, "the test did not end");
    private static final Patience NONE = new Patience(Duration.ofMillis(1), ErrorCode.OVERLOADED, "the cat did not come");

    private final Offload offload = new Offload(2);

    @AfterEach
    void stop() {
        offload.close();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void worksOnAVirtualThreadAndAnswersOnTheLoop() {
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

        offload.call(loop, USUAL, () -> Thread.currentThread().isVirtual(), virtual -> {
            onLoop.complete(virtual && loop.inEventLoop());
        }, error -> onLoop.complete(false));

        assertThat(onLoop.join()).isTrue();
    }

    @Test
    void answersInALaterTaskWhenCalledFromTheLoop() {
        CompletableFuture<String> order = new CompletableFuture<>();
        StringBuilder seen = new StringBuilder();

        loop.execute(() -> {
            offload.call(loop, USUAL, () -> "work", result -> order.complete(seen.append(result).toString()), error -> {});
            seen.append("called, then ");
        });

        assertThat(order.join()).isEqualTo("called, then work");
    }

    @Test
    void saysThatTheStoreIsUnavailable() {
        GatewayError error = failure(() -> {
            throw new StoreException("connection to db.example refused", null);
        });

        assertThat(error.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(error.message()).isEqualTo("the key store is not available");
    }

    @Test
    void tellsNothingOfAnyOtherException() {
        GatewayError error = failure(() -> {
            throw new IllegalStateException("secret");
        });

        assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(error.message()).doesNotContain("secret");
        assertThat(error.cause()).hasMessage("secret");
    }

    @Test
    void endsTheWaitForAFailedAssertionToo() {
        GatewayError error = failure(() -> {
            throw new AssertionError("on an event loop");
        });

        assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void refusesMoreThanItsLimitAndAcceptsAgainLater() {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<String> first = call(() -> waitFor(held));
        CompletableFuture<String> second = call(() -> waitFor(held));

        GatewayError refused = failure(() -> "third");
        held.countDown();

        assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(refused.retryAfterSeconds()).isPositive();
        assertThat(refused.message()).contains("limit: 2");
        assertThat(first.join() + second.join()).isEqualTo("donedone");
        offload.close();
        assertThat(offload.running()).isZero();
    }

    @Test
    void givesUpAtTheDeadlineAndInterruptsTheWork() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<GatewayError> failed = new CompletableFuture<>();

        offload.call(loop, NONE, () -> {
            try {
                return waitFor(new CountDownLatch(1));
            } catch (InterruptedException e) {
                work.complete("interrupted");
                throw e;
            }
        }, result -> failed.completeExceptionally(new AssertionError("answered")), failed::complete);

        assertThat(failed.join().code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(failed.join().message()).isEqualTo("the cat did not come within 1 ms");
        assertThat(work.join()).isEqualTo("interrupted");
    }

    @Test
    void tellsOnlyOnceWhenTheWorkFinishesAfterItsDeadline() {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<GatewayError> failed = new CompletableFuture<>();
        CompletableFuture<String> late = new CompletableFuture<>();

        offload.call(loop, NONE, () -> {
            while (held.getCount() > 0) {
                Thread.onSpinWait();
            }
            return "late";
        }, late::complete, failed::complete);
        failed.join();
        held.countDown();
        offload.close();
        call(() -> "behind the late result").join();

        assertThat(late).isNotDone();
    }

    private static String waitFor(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return "done";
    }

    private CompletableFuture<String> call(Callable<String> work) {
        CompletableFuture<String> result = new CompletableFuture<>();
        offload.call(loop, USUAL, work, result::complete, error -> result.completeExceptionally(new AssertionError(error)));
        return result;
    }

    private GatewayError failure(Callable<String> work) {
        CompletableFuture<GatewayError> failed = new CompletableFuture<>();
        offload.call(loop, USUAL, work, result -> failed.completeExceptionally(new AssertionError(result)), failed::complete);
        return failed.join();
    }
}
