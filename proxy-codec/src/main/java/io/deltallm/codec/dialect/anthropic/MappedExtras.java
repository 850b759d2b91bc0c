package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a request that the hub has no word for, as far as Anthropic has one. One a request.
final class MappedExtras {
    /// Anthropic's own, which other clients or the configuration may set too: no other format means something else by
    /// them.
    private static final Set<String> KNOWN_BY_NAME =
            Set.of("mcp_servers", "container", "cache_control", "inference_geo", "speed");

    /// Without effect on the answer, or without an alternative here: dropping them changes nothing.
    private static final Set<String> IDLE = Set.of("store", "stream_options", "modalities");

    private final ChatRequest request;
    private final UpstreamCall call;
    private final boolean own;

    MappedExtras(ChatRequest request, UpstreamCall call) {
        this.request = request;
        this.call = call;
        own = request.dialect().equals(Operation.MESSAGES.label());
    }

    /// `thinking` in a request of another format, which many of OpenAI's clients send by Anthropic's name.
    ChatRequest withThinking() {
        RawJson thinking = request.extras().get("thinking");
        if (own || request.reasoning() != null || thinking == null || !thinking.isObject()) {
            return request;
        }
        Reasoning reasoning = new ThinkingReader().thinking(new JsonCursor().over(thinking)).reasoning();
        return request.withReasoning(reasoning);
    }

    /// The members that `output_config` has beside those of the hub; null where there are none.
    @Nullable RawJson outputConfig() {
        return own ? request.extras().get("output_config") : null;
    }

    static void members(@Nullable RawJson object, JsonOutput out) {
        if (object == null || !object.isObject()) {
            return;
        }
        JsonCursor cursor = new JsonCursor().over(object);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            out.anyName(name).value(cursor.raw());
        }
    }

    void write(MessagesHost host, JsonOutput out) {
        user(out);
        betas(host, out);
        request.extras().forEach((name, value) -> {
            if (name.equals(BedrockBetas.MEMBER)) {
                return;
            }
            if (own) {
                own(name, value, out);
            } else {
                others(name, value, out);
            }
        });
    }

    /// A header at Anthropic's.
    private void betas(MessagesHost host, JsonOutput out) {
        RawJson named = request.extras().get(BedrockBetas.MEMBER);
        switch (host) {
            case ANTHROPIC -> {}
            case VERTEX -> out.optional(BedrockBetas.MEMBER, named);
            case BEDROCK -> out.optional(BedrockBetas.MEMBER, BedrockBetas.joined(named, BedrockBetas.invoke(call.betas())));
        }
    }

    private void user(JsonOutput out) {
        String user = request.user() == null && !own ? text("safety_identifier") : request.user();
        if (user != null && !own && isPersonal(user)) {
            call.lost("user");
        } else if (user != null) {
            out.name("metadata").beginObject().member("user_id", user).endObject();
        }
    }

    /// Anthropic refuses addresses and telephone numbers.
    private static boolean isPersonal(String user) {
        int digits = 0;
        for (int i = 0; i < user.length(); i++) {
            char character = user.charAt(i);
            if (character == '@') {
                return true;
            }
            if (character >= '0' && character <= '9') {
                digits++;
            } else if ("+-() ".indexOf(character) < 0) {
                digits = Integer.MIN_VALUE;
            }
        }
        return digits >= 7;
    }

    private static void own(String name, RawJson value, JsonOutput out) {
        if (!name.equals("output_config") && !name.equals("anthropic_version")) {
            out.anyName(name).value(value);
        }
    }

    private void others(String name, RawJson value, JsonOutput out) {
        switch (name) {
            case "thinking", "safety_identifier" -> {}
            case "service_tier" -> serviceTier(value, out);
            case "context_management" -> {
                // Of Responses it is a list, and means something else.
                if (value.isObject()) {
                    out.member(name, value);
                } else {
                    call.lost(name);
                }
            }
            case "metadata" -> {
                if (value.isObject() && value.length() > 2) {
                    call.lost(name);
                }
            }
            default -> {
                if (KNOWN_BY_NAME.contains(name)) {
                    out.member(name, value);
                } else if (!IDLE.contains(name) && !value.isNull()) {
                    call.lost(name);
                }
            }
        }
    }

    private void serviceTier(RawJson value, JsonOutput out) {
        switch (value.isString() ? value.text() : "") {
            case "auto", "priority" -> out.member("service_tier", "auto");
            case "default", "standard_only" -> out.member("service_tier", "standard_only");
            default -> call.lost("service_tier");
        }
    }

    private @Nullable String text(String name) {
        Map<String, RawJson> extras = request.extras();
        RawJson value = extras.get(name);
        return value == null || !value.isString() ? null : value.text();
    }
}
