package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A plain reply that is collected to its end and then written anew for the client, in one go: embeddings, rankings,
/// images, and errors of all kinds. Confined to one attempt.
public final class WholeReply implements ReplyTranslation {
    private final Conversion conversion;
    private final BodyCutter cutter = new BodyCutter();
    private final ReplyProgress progress = new ReplyProgress();

    public WholeReply(Conversion conversion) {
        this.conversion = conversion;
    }

    /// A provider's error reply, which turns into nothing but the failure that it tells.
    public static WholeReply ofError(ErrorReader reader, int status, ErrorReader.Fields fields) {
        return new WholeReply((body, _) -> {
            throw new Refused(reader.readError(status, fields, body));
        });
    }

    /// From the provider's body to the client's.
    @FunctionalInterface
    public interface Conversion {
        /// @param body borrowed for the call
        /// @return what the provider says was used; null where it says nothing
        /// @throws Refused or [JsonProblem] if the body is not what the format has
        @Nullable Usage convert(Frame body, JsonOutput out);
    }

    @Override
    public void feed(ByteBuf piece) {
        progress.step(() -> cutter.feed(piece, _ -> {}));
    }

    @Override
    public void end() {
        progress.step(() -> cutter.end(body -> progress.used(conversion.convert(body, progress.output()))));
        if (progress.failed()) {
            progress.output().clear();
        }
    }

    @Override
    public int held() {
        return cutter.held();
    }

    @Override
    public ReplyProgress progress() {
        return progress;
    }

    @Override
    public boolean streamed() {
        return false;
    }
}
