package io.deltallm.benchmarks.jmh;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.ExchangeFacts;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Outcome;
import io.deltallm.policy.telemetry.Timeline;
import org.jspecify.annotations.Nullable;

/// A plain chat completion that went well: 20 ms, of which 50 µs were the gateway's own.
record EndedChat(Target target, Timeline timeline, Usage usage) implements ExchangeFacts {
    EndedChat(Target target) {
        this(target, new Timeline(), Usage.of(200, 100, 300, 0, 0, false));
        timeline.mark(Mark.RECEIVED, 1_000_000_000);
        timeline.mark(Mark.BODY_RECEIVED, 1_000_010_000);
        timeline.mark(Mark.SENT, 1_000_030_000);
        timeline.mark(Mark.FIRST_BYTE, 1_019_980_000);
        timeline.mark(Mark.LAST_BYTE, 1_020_000_000);
    }

    @Override
    public String requestId() {
        return "0123456789abcdef";
    }

    @Override
    public String route() {
        return "chat/completions";
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public Outcome outcome() {
        return Outcome.COMPLETED;
    }

    @Override
    public @Nullable ErrorCode error() {
        return null;
    }

    @Override
    public @Nullable Caller caller() {
        return null;
    }

    @Override
    public String requestedModel() {
        return target.group();
    }

    @Override
    public int attempts() {
        return 1;
    }

    @Override
    public boolean streamed() {
        return false;
    }

    @Override
    public long overheadNanos() {
        return 50_000;
    }

    @Override
    public long requestBytes() {
        return Traffic.SMALL;
    }

    @Override
    public long responseBytes() {
        return Traffic.SMALL;
    }

    @Override
    public String clientAddress() {
        return "127.0.0.1";
    }
}
