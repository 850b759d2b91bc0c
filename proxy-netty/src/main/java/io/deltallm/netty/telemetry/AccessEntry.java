package io.deltallm.netty.telemetry;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.ExchangeFacts;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Outcome;
import io.deltallm.policy.telemetry.Timeline;
import org.jspecify.annotations.Nullable;

/// What one access log line says, copied from the facts while they are valid. Reused; owned by whoever holds its slot of
/// the ring. Durations are nanoseconds, -1 where unknown.
final class AccessEntry {
    long epochMillis;
    String requestId = "";
    String method = "";
    String path = "";
    String route = "";
    int status;
    Outcome outcome = Outcome.COMPLETED;
    @Nullable ErrorCode error;
    long durationNanos;
    long overheadNanos;
    long firstByteNanos;
    @Nullable String model;
    @Nullable Target target;
    @Nullable Caller caller;
    boolean streamed;
    int attempts;
    @Nullable Usage usage;
    long requestBytes;
    long responseBytes;
    String client = "";

    void copy(ExchangeFacts facts, long nowMillis) {
        epochMillis = nowMillis;
        requestId = facts.requestId();
        method = facts.method();
        path = facts.path();
        route = facts.route();
        status = facts.status();
        outcome = facts.outcome();
        error = facts.error();
        model = facts.requestedModel();
        target = facts.target();
        caller = facts.caller();
        streamed = facts.streamed();
        attempts = facts.attempts();
        usage = facts.usage();
        requestBytes = facts.requestBytes();
        responseBytes = facts.responseBytes();
        client = facts.clientAddress();
        copyTimes(facts, facts.timeline());
    }

    private void copyTimes(ExchangeFacts facts, Timeline timeline) {
        durationNanos = timeline.between(Mark.RECEIVED, Mark.LAST_BYTE);
        firstByteNanos = timeline.between(Mark.RECEIVED, Mark.FIRST_BYTE);
        overheadNanos = facts.overheadNanos();
    }

    /// Lets go of what would otherwise live until the slot's next use: a snapshot's targets, a caller's buckets.
    void clear() {
        requestId = "";
        path = "";
        model = null;
        target = null;
        caller = null;
        usage = null;
    }
}
