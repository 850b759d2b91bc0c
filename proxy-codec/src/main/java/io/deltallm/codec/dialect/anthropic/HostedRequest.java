package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonObjectCopy;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The body of a request of Anthropic's, as another host of the format takes it: the same bytes, but for the members that
/// make up the envelope. One a request.
final class HostedRequest {
    private static final String VERSION = "anthropic_version";
    private static final String MAX_TOKENS = "max_tokens";
    static final String EFFORT = "reasoning_effort";

    private final MessagesHost host;
    private final long mostTokens;
    private final String version;
    /// JSON literals of what the client has not said so far.
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final JsonOutput body = new JsonOutput();
    private final DefaultEffort effort;
    private List<String> betas;
    private long maxTokens;
    private boolean stream;
    private boolean remote;

    /// @param defaults JSON literals by Anthropic's field names, and `reasoning_effort`
    HostedRequest(MessagesHost host, UpstreamCall call, Map<String, String> defaults) {
        this.host = host;
        this.mostTokens = call.mostTokens();
        this.betas = host == MessagesHost.BEDROCK ? BedrockBetas.invoke(call.betas()) : List.of();
        this.version = JsonString.quoted(Objects.requireNonNull(host.version(), "a host with an envelope"));
        missing.put(VERSION, version);
        missing.putAll(defaults);
        effort = new DefaultEffort(missing.remove(EFFORT), call);
        missing.putIfAbsent(MAX_TOKENS, Long.toString(call.maxTokens()));
        maxTokens = call.maxTokens();
        missing.compute(MAX_TOKENS, (_, literal) -> limited(RawJson.ofLiteral(String.valueOf(literal))));
    }

    /// @throws io.deltallm.codec.json.JsonProblem if it is no object
    HostedRequest write(RawJson asked) {
        JsonCursor cursor = new JsonCursor().over(asked);
        cursor.object();
        JsonObjectCopy copy = new JsonObjectCopy(asked, body);
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            RawJson value = cursor.raw();
            missing.remove(name);
            effort.asked(name, value);
            member(name, value, copy);
        }
        effort.addTo(missing, maxTokens);
        if (!betas.isEmpty()) {
            missing.compute(BedrockBetas.MEMBER, (_, literal) -> joined(literal == null ? null : RawJson.ofLiteral(literal)));
        }
        missing.forEach(copy::add);
        copy.end();
        return this;
    }

    private void member(String name, RawJson value, JsonObjectCopy copy) {
        switch (name) {
            case "model" -> copy.drop(value);
            case VERSION -> copy.replace(value, version);
            case "stream" -> stream(value, copy);
            case MAX_TOKENS -> limit(value, copy);
            case BedrockBetas.MEMBER -> betas(value, copy);
            case "messages" -> {
                remote |= host == MessagesHost.BEDROCK && RemoteSources.in(value);
                copy.keep(value);
            }
            default -> copy.keep(value);
        }
    }

    private void betas(RawJson named, JsonObjectCopy copy) {
        if (betas.isEmpty()) {
            copy.keep(named);
        } else {
            copy.replace(named, joined(named));
            betas = List.of();
        }
    }

    private String joined(@Nullable RawJson named) {
        return String.valueOf(BedrockBetas.joined(named, betas));
    }

    private void stream(RawJson value, JsonObjectCopy copy) {
        stream = value.json().equals("true");
        if (host == MessagesHost.BEDROCK) {
            copy.drop(value);
        } else {
            copy.keep(value);
        }
    }

    private void limit(RawJson value, JsonObjectCopy copy) {
        String limited = limited(value);
        if (limited.equals(value.json())) {
            copy.keep(value);
        } else {
            copy.replace(value, limited);
        }
    }

    /// Claude Code asks every model for the most that the newest can say, and the older refuse it.
    private String limited(RawJson value) {
        JsonCursor cursor = new JsonCursor().over(value);
        if (cursor.kind() != JsonKind.NUMBER) {
            return value.json();
        }
        maxTokens = cursor.longValue();
        if (mostTokens <= 0 || maxTokens <= mostTokens) {
            return value.json();
        }
        maxTokens = mostTokens;
        return Long.toString(mostTokens);
    }

    JsonOutput body() {
        return body;
    }

    boolean stream() {
        return stream;
    }

    /// Whether it refers to media that its host would not fetch.
    boolean remote() {
        return remote;
    }
}
