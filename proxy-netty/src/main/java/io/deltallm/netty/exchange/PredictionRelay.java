package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.RequestPatch;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.replicate.Prediction;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.netty.loop.Deadline;
import io.deltallm.netty.loop.DeadlineWheel;
import io.deltallm.netty.upstream.Attempt;
import io.deltallm.netty.upstream.Destination;
import io.deltallm.netty.upstream.RequestEntries;
import io.deltallm.netty.upstream.UpstreamTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The answer of Replicate, which is a prediction: one request after the other, a [PredictionStep] each. One that is running
/// is asked for again after a moment ([PredictionAsked]). For a client that wants a stream its events are followed, if it
/// says where they are ([PredictionFollowed]); at their end it is asked once more for what it used ([PredictionCounted]).
/// One that still runs when the exchange ends is canceled.
///
/// One an exchange; confined to the event loop.
final class PredictionRelay implements Relay {
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();
    /// The answer is out by then, only its end is not.
    private static final long COUNTING_NANOS = Duration.ofSeconds(5).toNanos();

    private final ReplySource source;
    private final Exchange exchange;
    private final UpstreamTarget target;
    private final TranslatedCall call;
    private final DeadlineWheel wheel;
    private final Deadline pause = new Pause();
    private final Deadline patience = new Patience();

    private PredictionStep step = new PredictionAsked(this);
    private @Nullable TranslatedRelay answer;
    private boolean follows;
    private String path = "";
    /// Null where there is nothing to cancel.
    private @Nullable String cancelPath;

    PredictionRelay(ReplySource source, Exchange exchange, UpstreamTarget target, TranslatedCall call) {
        this.source = source;
        this.exchange = exchange;
        this.target = target;
        this.call = call;
        this.follows = call.streamed();
        this.wheel = exchange.loop().wheel();
    }

    void replied(ResponseHead head, long nanoTime) {
        step.replied(head, nanoTime);
    }

    @Override
    public long pass(@Owned ByteBuf piece, long nanoTime) {
        return step.pass(piece, nanoTime);
    }

    @Override
    public void readComplete() {
        step.readComplete();
    }

    @Override
    public boolean finish() {
        return step.finish();
    }

    /// The last attempt failed.
    boolean goesOnAfterFailure() {
        return step.goesOnAfterFailure();
    }

    @Override
    public void abandon() {
        if (answer != null) {
            answer.abandon();
        }
    }

    @Override
    public void release() {
        wheel.cancel(pause);
        wheel.cancel(patience);
        if (answer != null) {
            answer.release();
        }
        if (cancelPath != null) {
            cancel(cancelPath);
        }
    }

    /// Nobody waits for it any more, so it shall cost nothing more. Whether that succeeds, nobody hears.
    private void cancel(String at) {
        new Attempt(
                        target.destination(),
                        target.entries().asked("POST", at),
                        new RequestHead(),
                        Unpooled.EMPTY_BUFFER,
                        RequestPatch.none(),
                        new UnheardReply())
                .start();
    }

    Exchange exchange() {
        return exchange;
    }

    TranslatedRelay answer() {
        return Objects.requireNonNull(answer);
    }

    /// Goes on with a reply that may be the answer, or a part of it.
    void answerBy(ResponseHead head, long nanoTime) {
        if (answer != null) {
            answer.continueWith(call.reply(head.status(), ProviderFields.copied(head)), nanoTime);
            return;
        }
        answer = source.translated(call, head);
        if (answer.streamed()) {
            exchange.streams();
        }
    }

    /// The prediction has ended, or is none: what came last is the answer, be it an error.
    boolean answered() {
        cancelPath = null;
        return answer().finish();
    }

    /// The prediction has not ended.
    void runs(Prediction running) {
        path = Objects.requireNonNull(running.getPath());
        cancelPath = running.cancelPath();
        URI events = follows ? running.streamUri(target.target().provider().baseUri()) : null;
        Destination where = events == null ? null : exchange.loop().upstream().destination(target.target(), events);
        if (events == null || where == null) {
            askAgainLater(follows);
        } else {
            step = new PredictionFollowed(this);
            source.ask(where, RequestEntries.events(events));
        }
    }

    /// @param follow whether its events may be asked for
    void askAgainLater(boolean follow) {
        follows = follow;
        step = new PredictionAsked(this);
        wheel.arm(pause, PAUSE_NANOS);
    }

    private void askAgain() {
        source.ask(target.destination(), target.entries().asked("GET", path));
    }

    /// The events are the answer.
    void streams() {
        source.streams();
    }

    /// The events have ended: all but the end of the answer goes out, which waits for what was used.
    void count() {
        answer().readComplete();
        step = new PredictionCounted(this);
        wheel.arm(patience, COUNTING_NANOS);
        askAgain();
    }

    void countLater() {
        step = new PredictionCounted(this);
        wheel.arm(pause, PAUSE_NANOS);
    }

    /// The prediction has ended.
    void counted(@Nullable Usage stated) {
        cancelPath = null;
        if (stated != null) {
            answer().used(stated);
        }
    }

    void end() {
        if (answer().finish()) {
            exchange.replyEnded();
        }
    }

    private final class Pause extends Deadline {
        @Override
        protected void expired() {
            askAgain();
        }
    }

    /// What was used stays unknown.
    private final class Patience extends Deadline {
        @Override
        protected void expired() {
            end();
        }
    }
}
