package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.ChatReply;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.DefaultFields;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.ReplyTranslation;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.WholeReply;
import io.deltallm.codec.json.JsonOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Carries Anthropic's clients to Claude on Vertex and on Bedrock. The format is the same but for its envelope, so bodies
/// and events pass in the bytes they were written in, and with them what the hub has no words for: citations, fields of
/// tomorrow. Stateless, thread-safe.
public final class HostedMessages implements Translation {
    private static final List<String> OWN = List.of(BedrockBetas.MEMBER, HostedRequest.EFFORT);

    private final Messages dialect;
    private final Operation to;
    private final Translation hub;

    /// @param hub for requests that the host does not take as they are
    public HostedMessages(Messages dialect, Operation to, Translation hub) {
        this.dialect = dialect;
        this.to = to;
        this.hub = hub;
    }

    @Override
    public Operation to() {
        return to;
    }

    @Override
    public TranslatedCall begin(Asked asked, UpstreamCall upstream) {
        HostedRequest request = new HostedRequest(dialect.host(), upstream, taken(upstream.model(), asked.defaults())).write(asked.body());
        return request.remote()
                ? hub.begin(asked, upstream)
                : new Call(request.body(), request.stream() || asked.path().stream(), asked.client());
    }

    /// Beta names stand in a header at Anthropic's, in the body here; effort is said in the model's words.
    private static Map<String, String> taken(String model, Map<String, String> defaults) {
        Map<String, String> taken = new LinkedHashMap<>(DefaultFields.of(Operation.MESSAGES, model, defaults));
        for (String name : OWN) {
            String literal = defaults.get(name);
            if (literal != null) {
                taken.put(name, literal);
            }
        }
        return taken;
    }

    private final class Call implements TranslatedCall {
        private final JsonOutput body;
        private final boolean streamed;
        private final ClientCall client;

        Call(JsonOutput body, boolean streamed, ClientCall client) {
            this.body = body;
            this.streamed = streamed;
            this.client = client;
        }

        @Override
        public JsonOutput body() {
            return body;
        }

        @Override
        public boolean streamed() {
            return streamed;
        }

        @Override
        public ReplyTranslation reply(int status, Fields fields) {
            if (status >= 400) {
                return WholeReply.ofError(dialect, status, fields);
            }
            if (!streamed) {
                return new WholeReply(new HostedReply());
            }
            return ChatReply.isWhole(fields)
                    ? new ChatReply(dialect, false, true, dialect.replyWriter(client))
                    : new HostedStream(dialect.host());
        }
    }
}
