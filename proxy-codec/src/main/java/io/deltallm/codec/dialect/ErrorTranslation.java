package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.FrameProblem;
import io.deltallm.codec.json.JsonOutput;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A provider's error reply, read whole and told as a [GatewayError].
public final class ErrorTranslation implements ReplyTranslation {
    private final ErrorReader reader;
    private final int status;
    private final ErrorReader.Fields fields;
    private final BodyCutter cutter = new BodyCutter();
    private final JsonOutput nothing = new JsonOutput();
    private @Nullable GatewayError failure;

    public ErrorTranslation(ErrorReader reader, int status, ErrorReader.Fields fields) {
        this.reader = reader;
        this.status = status;
        this.fields = fields;
    }

    @Override
    public void feed(ByteBuf piece) {
        if (failure != null) {
            return;
        }
        try {
            cutter.feed(piece, _ -> {});
        } catch (FrameProblem problem) {
            failure = GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, String.valueOf(problem.getMessage()));
        }
    }

    @Override
    public void end() {
        if (failure == null) {
            cutter.end(body -> failure = Scrubbed.error(reader.readError(status, fields, body)));
        }
    }

    @Override
    public JsonOutput output() {
        return nothing;
    }

    @Override
    public @Nullable GatewayError failure() {
        return failure;
    }

    @Override
    public @Nullable Usage usage() {
        return null;
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
