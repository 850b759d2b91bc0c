package io.deltallm.netty.upstream;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.HeadPassage;
import io.deltallm.codec.http.RequestEntry;
import io.deltallm.codec.provider.Endpoint;
import io.deltallm.codec.provider.Quirk;
import io.deltallm.policy.route.Target;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where requests enter a target's provider: made ready once for what is the same for each of them. Immutable.
public final class RequestEntries {
    private static final Operation[] OPERATIONS = Operation.values();
    private static final long SHORTEST_LIFE_SECONDS = 5;

    private final Target target;
    private final boolean signed;
    private final EndpointPath paths;
    private final @Nullable RequestEntry[] relayed = new RequestEntry[2 * OPERATIONS.length];
    private final @Nullable RequestEntry[] translated = new RequestEntry[2 * OPERATIONS.length];

    /// @param signed whether each request is signed by itself: what is signed is known here, so that nothing may join it later
    RequestEntries(Target target, boolean signed) {
        this.target = target;
        this.signed = signed;
        this.paths = new EndpointPath(target.provider().baseUri(), target.upstreamModel());
        for (Operation operation : OPERATIONS) {
            Endpoint endpoint = target.provider().endpoint(operation);
            if (endpoint != null) {
                add(operation, false, endpoint.path());
                add(operation, true, endpoint.streamPath());
            }
        }
    }

    private void add(Operation operation, boolean streamed, String template) {
        int index = index(operation, streamed);
        relayed[index] = whole(operation.method() + " " + paths.relayed(operation, template));
        translated[index] = new RequestEntry(
                Ascii.bytes(operation.method() + " " + paths.target(template)),
                passage(operation),
                Ascii.bytes("content-type: application/json\r\naccept: " + accepted(operation, streamed) + "\r\n"
                        + preference(operation, streamed)));
    }

    private RequestEntry whole(String start) {
        RequestEntry entry = RequestEntry.whole(Ascii.bytes(start));
        return signed ? entry.withoutQuery() : entry;
    }

    private static int index(Operation operation, boolean streamed) {
        return 2 * operation.ordinal() + (streamed ? 1 : 0);
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
            // Replicate tells where the events are.
            case REPLICATE_PREDICTION -> "application/json";
            default -> "text/event-stream";
        };
    }

    /// Replicate answers at once that it has begun, unless it is asked to wait for the end. A whole answer is wanted for as
    /// long as its client waits: what has not ended by then shall cost nothing more
    /// (https://replicate.com/docs/topics/predictions/lifecycle).
    private String preference(Operation to, boolean streamed) {
        if (to != Operation.REPLICATE_PREDICTION || streamed) {
            return "";
        }
        long seconds = Math.max(SHORTEST_LIFE_SECONDS, target.clocks().total().toSeconds());
        return "prefer: wait\r\ncancel-after: " + seconds + "s\r\n";
    }

    /// Whether a stream comes in frames that are not the format's own.
    public boolean framesStreams() {
        return target.provider().quirks().contains(Quirk.EVENT_STREAM_FRAMES);
    }

    /// For a request that goes on as it came; null if the provider does not take the operation.
    public @Nullable RequestEntry relayed(Operation operation, boolean streamed) {
        return relayed[index(operation, streamed)];
    }

    /// For a request that was written anew in the operation's format.
    ///
    /// @throws IllegalArgumentException if the provider does not take the operation
    public RequestEntry translated(Operation operation, boolean streamed) {
        RequestEntry entry = translated[index(operation, streamed)];
        if (entry == null) {
            throw new IllegalArgumentException(operation + " is not taken by " + target.provider().name());
        }
        return entry;
    }

    /// For a request that is in the provider's own words.
    ///
    /// @param atOrigin whether the path is below the provider's origin; else below its base URL
    public RequestEntry passed(String method, String path, boolean atOrigin) {
        return whole(method + " " + (atOrigin ? path : belowBase(path)));
    }

    /// For a request of the gateway's own, without a body, to a path of the provider's below its base URL.
    public RequestEntry asked(String method, String path) {
        return asking(method + " " + belowBase(path), "application/json");
    }

    /// For the events at an address that the provider has named.
    public static RequestEntry events(URI address) {
        String query = address.getRawQuery();
        return asking(
                "GET " + address.getRawPath() + (query == null ? "" : "?" + query), "text/event-stream");
    }

    private static RequestEntry asking(String start, String accepted) {
        return new RequestEntry(
                Ascii.bytes(start), HeadPassage.TO_OTHERS, Ascii.bytes("accept: " + accepted + "\r\n"));
    }

    private String belowBase(String path) {
        return new EndpointPath(target.provider().baseUri(), "").target(path);
    }
}
