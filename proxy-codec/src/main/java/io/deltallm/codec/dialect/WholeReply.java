package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameProblem;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A plain reply that is collected to its end and then written anew for the client, in one go: embeddings, rankings,
/// images, and errors of all kinds. Confined to one attempt.
public final class WholeReply implements ReplyTranslation {
    private final Conversion conversion;
    private final BodyCutter cutter = new BodyCutter();
    private final JsonOutput output = new JsonOutput();

    private @Nullable GatewayError failure;
    private @Nullable Usage usage;

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
        if (failure != null) {
            return;
        }
        try {
            cutter.feed(piece, _ -> {});
        } catch (FrameProblem problem) {
            failure = malformed(String.valueOf(problem.getMessage()));
        }
    }

    @Override
    public void end() {
        if (failure == null) {
            cutter.end(this::convert);
        }
    }

    private void convert(Frame body) {
        try {
            usage = conversion.convert(body, output);
        } catch (Refused refused) {
            failure = Scrubbed.error(refused.error());
        } catch (JsonProblem problem) {
            failure = malformed(problem.path() + " " + problem.problem());
        }
        if (failure != null) {
            output.clear();
        }
    }

    private static GatewayError malformed(String what) {
        return GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider sent a malformed reply: " + what.strip());
    }

    @Override
    public JsonOutput output() {
        return output;
    }

    @Override
    public @Nullable GatewayError failure() {
        return failure;
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public long pieces() {
        return 0;
    }

    @Override
    public boolean streamed() {
        return false;
    }
}
