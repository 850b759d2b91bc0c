package io.deltallm.policy.telemetry;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.route.Target;
import org.jspecify.annotations.Nullable;

/// One ended exchange as its listeners see it. Valid only during the call: a listener that wants to keep something
/// copies it.
public interface ExchangeFacts {
    String requestId();

    /// A bounded label: an operation (`chat/completions`), `models`, `health`, `metrics`, or `unknown`.
    String route();

    String method();

    /// The path without its query, as the client sent it.
    String path();

    /// The status sent to the client; 0 when nothing was sent.
    int status();

    Outcome outcome();

    /// What the gateway refused or failed it with; null for a relayed reply.
    @Nullable ErrorCode error();

    @Nullable Caller caller();

    /// The model name as the client asked for it; unbounded, so never a metric label.
    @Nullable String requestedModel();

    /// Where it went in the end; null if it never left.
    @Nullable Target target();

    /// Connections tried, 0 if it never left.
    int attempts();

    boolean streamed();

    @Nullable Usage usage();

    Timeline timeline();

    /// Time spent in the gateway itself: not waiting for the client's body nor for the provider.
    long overheadNanos();

    long requestBytes();

    long responseBytes();

    /// The peer's IP address.
    String clientAddress();
}
