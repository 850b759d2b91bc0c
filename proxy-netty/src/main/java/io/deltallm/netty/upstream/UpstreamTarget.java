package io.deltallm.netty.upstream;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.UpstreamModel;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.HeadPassage;
import io.deltallm.codec.http.RequestEntry;
import io.deltallm.codec.provider.Endpoint;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Quirk;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A target with everything that is the same for each request to it made ready as bytes. Immutable but for its pool;
/// one per target and event loop.
public final class UpstreamTarget {
    private static final Operation[] OPERATIONS = Operation.values();

    private final Target target;
    private final OriginPool pool;
    private final @Nullable RequestEntry[] relayed = new RequestEntry[2 * OPERATIONS.length];
    private final @Nullable RequestEntry[] translated = new RequestEntry[2 * OPERATIONS.length];
    private final RequestCredential credential;
    private final byte[] providerName;
    private final UpstreamModel upstreamModel;
    private final byte[] upstreamModelHeader;
    private final List<String> ownHeaders;
    private final long firstByteNanos;
    private final long silenceNanos;
    private final long totalNanos;

    UpstreamTarget(Target target, OriginPool pool) {
        this.target = target;
        this.pool = pool;
        this.providerName = headerValue(target.provider().name());
        this.upstreamModel = new UpstreamModel(target.upstreamModel());
        this.upstreamModelHeader = headerValue(target.upstreamModel());
        this.firstByteNanos = target.clocks().firstByte().toNanos();
        this.silenceNanos = target.clocks().silence().toNanos();
        this.totalNanos = target.clocks().total().toNanos();
        this.ownHeaders = ownHeaders(target.provider());
        this.credential = new RequestCredential(target.provider());
        for (Operation operation : OPERATIONS) {
            Endpoint endpoint = target.provider().endpoint(operation);
            if (endpoint != null) {
                addEntries(operation, endpoint);
            }
        }
    }

    public Target target() {
        return target;
    }

    /// The value of `x-deltallm-provider`.
    public byte[] providerName() {
        return providerName;
    }

    /// The model's name at the provider.
    public UpstreamModel upstreamModel() {
        return upstreamModel;
    }

    /// The value of `x-deltallm-model`.
    public byte[] upstreamModelHeader() {
        return upstreamModelHeader;
    }

    /// Names of fields, in lower case, that the gateway sets itself: the client's own must not travel beside them.
    public List<String> ownHeaders() {
        return ownHeaders;
    }

    public long totalNanos() {
        return totalNanos;
    }

    /// Why no request can be sent there now; null if it can.
    public @Nullable GatewayError unready() {
        return credential.available()
                ? null
                : GatewayError.of(
                        ErrorCode.PROVIDER_UNAVAILABLE,
                        "The credentials of the provider " + target.provider().name() + " are not there yet").retryAfter(1);
    }

    OriginPool pool() {
        return pool;
    }

    long firstByteNanos() {
        return firstByteNanos;
    }

    long silenceNanos() {
        return silenceNanos;
    }

    /// Where a request that goes on as it came enters; null if the provider does not take the operation.
    public @Nullable RequestEntry relayed(Operation operation, boolean streamed) {
        return relayed[index(operation, streamed)];
    }

    /// Where a request that was written anew in the operation's format enters.
    ///
    /// @throws IllegalArgumentException if the provider does not take the operation
    public RequestEntry translated(Operation operation, boolean streamed) {
        RequestEntry entry = translated[index(operation, streamed)];
        if (entry == null) {
            throw new IllegalArgumentException(operation + " is not taken by " + target.provider().name());
        }
        return entry;
    }

    /// Where a request enters that is in the provider's own words.
    ///
    /// @param atOrigin whether the path is below the provider's origin; else below its base URL
    public RequestEntry passed(String method, String path, boolean atOrigin) {
        EndpointPath paths = new EndpointPath(target.provider().baseUri(), "");
        RequestEntry entry = RequestEntry.whole(Ascii.bytes(method + " " + (atOrigin ? path : paths.target(path))));
        return credential.signs() ? entry.withoutQuery() : entry;
    }

    /// Where the gateway itself asks for what is at a path of the provider's, below its base URL.
    public RequestEntry asked(String path) {
        String place = new EndpointPath(target.provider().baseUri(), "").target(path);
        return new RequestEntry(
                Ascii.bytes("GET " + place), HeadPassage.TO_OTHERS, Ascii.bytes("accept: application/json\r\n"));
    }

    private static int index(Operation operation, boolean streamed) {
        return 2 * operation.ordinal() + (streamed ? 1 : 0);
    }

    private void addEntries(Operation operation, Endpoint endpoint) {
        EndpointPath paths = new EndpointPath(target.provider().baseUri(), target.upstreamModel());
        for (boolean streamed : new boolean[] {false, true}) {
            String template = streamed ? endpoint.streamPath() : endpoint.path();
            int index = index(operation, streamed);
            RequestEntry whole = RequestEntry.whole(start(operation, paths.relayed(operation, template)));
            // What is signed is known here, so that nothing may join it later.
            relayed[index] = credential.signs() ? whole.withoutQuery() : whole;
            translated[index] = new RequestEntry(
                    start(operation, paths.target(template)),
                    passage(operation),
                    Ascii.bytes("content-type: application/json\r\naccept: " + accepted(operation, streamed) + "\r\n"
                            + preference(operation)));
        }
    }

    /// Whether a stream comes in frames that are not the format's own.
    public boolean framesStreams() {
        return target.provider().quirks().contains(Quirk.EVENT_STREAM_FRAMES);
    }

    private static byte[] start(Operation operation, String requestTarget) {
        return Ascii.bytes(operation.method() + " " + requestTarget);
    }

    private static HeadPassage passage(Operation to) {
        return switch (to) {
            case MESSAGES, MESSAGES_COUNT_TOKENS, VERTEX_MESSAGES -> HeadPassage.TO_ANTHROPIC;
            default -> to.compareTo(Operation.RESPONSES) <= 0 ? HeadPassage.TO_OPENAI : HeadPassage.TO_OTHERS;
        };
    }

    private String accepted(Operation to, boolean streamed) {
        if (!streamed) {
            return to == Operation.STABILITY_IMAGE ? "application/json, image/*" : "application/json";
        }
        if (framesStreams()) {
            return "application/vnd.amazon.eventstream";
        }
        return switch (to) {
            case BEDROCK_MESSAGES, CONVERSE, INVOKE_TITAN_TEXT, INVOKE_LLAMA -> "application/vnd.amazon.eventstream";
            case OLLAMA_CHAT -> "application/x-ndjson";
            default -> "text/event-stream";
        };
    }

    /// Replicate answers at once that it has begun, unless it is asked to wait for the end.
    private static String preference(Operation to) {
        return to == Operation.REPLICATE_PREDICTION ? "prefer: wait\r\n" : "";
    }

    RequestCredential credential() {
        return credential;
    }

    private static byte[] headerValue(String text) {
        return Ascii.bytes(text.replaceAll("[^\\x21-\\x7e]", "?"));
    }

    private static List<String> ownHeaders(Provider provider) {
        List<String> names = new ArrayList<>();
        provider.headers().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        if (provider.signer() instanceof Signer.HeaderKey(String name, String _)) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
        if (provider.signer() instanceof Signer.AwsSigV4) {
            names.addAll(List.of("x-amz-date", "x-amz-security-token", "x-amz-content-sha256"));
        }
        return List.copyOf(names);
    }
}
