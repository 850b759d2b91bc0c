package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.dialect.replicate.Prediction;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonProblem;
import io.deltallm.netty.loop.Deadline;
import io.deltallm.netty.loop.DeadlineWheel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds a reply of Replicate's back until it is whole: a prediction that has ended goes to the relay behind, one that has
/// not is asked for again after a moment. One a reply; confined to the event loop. Owns the body.
final class PredictionRelay implements Relay {
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final TranslatedRelay ended;
    private final Exchange exchange;
    private final DeadlineWheel wheel;
    private final Consumer<String> again;
    private final Deadline pause = new Pause();
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private String path = "";

    /// @param ended takes the prediction that has ended
    /// @param again asks for what is at a path of the provider's
    PredictionRelay(TranslatedRelay ended, Exchange exchange, Consumer<String> again) {
        this.ended = ended;
        this.exchange = exchange;
        this.wheel = exchange.loop().wheel();
        this.again = again;
    }

    @Override
    public long pass(@Owned ByteBuf piece, long nanoTime) {
        if (held == Unpooled.EMPTY_BUFFER) {
            held = exchange.loop().buffers().buffer(piece.readableBytes());
        }
        held.writeBytes(piece);
        piece.release();
        return 0;
    }

    @Override
    public void readComplete() {}

    @Override
    public boolean finish() {
        String running = running();
        if (running != null) {
            path = running;
            wheel.arm(pause, PAUSE_NANOS);
            return false;
        }
        ByteBuf whole = held;
        held = Unpooled.EMPTY_BUFFER;
        ended.pass(whole, wheel.now());
        return !exchange.hasEnded() && ended.finish();
    }

    /// Where to ask how it goes on; null if it has ended, or is none. Of the address only the path counts: the key goes to
    /// the configured place and nowhere else.
    private @Nullable String running() {
        byte[] body = ByteBufUtil.getBytes(held);
        try {
            Prediction prediction = Prediction.read(new Frame().set(body, 0, body.length, ""));
            String url = prediction.status() == Prediction.Status.RUNNING ? prediction.getUrl() : null;
            String found = url == null ? null : URI.create(URI.create(url).toASCIIString()).getRawPath();
            return found == null || found.isEmpty() ? null : found;
        } catch (JsonProblem | IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void abandon() {
        ended.abandon();
    }

    @Override
    public void release() {
        wheel.cancel(pause);
        held.release();
        held = Unpooled.EMPTY_BUFFER;
        ended.release();
    }

    private final class Pause extends Deadline {
        @Override
        protected void expired() {
            String at = path;
            release();
            again.accept(at);
        }
    }
}
