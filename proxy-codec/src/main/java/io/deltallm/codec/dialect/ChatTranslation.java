package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.sagemaker.ContainerDialect;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import io.deltallm.codec.provider.Quirk;

/// A chat from one dialect to another by way of the hub: N dialects cost N packages, not N² pairs.
final class ChatTranslation implements Translation {
    private final ClientDialect client;
    private final UpstreamDialect upstream;
    /// The same where it is spoken by a container on SageMaker.
    private final UpstreamDialect contained;
    private final Operation to;

    ChatTranslation(ClientDialect client, UpstreamDialect upstream, Operation to) {
        this.client = client;
        this.upstream = upstream;
        this.contained = new ContainerDialect(upstream);
        this.to = to;
    }

    @Override
    public Operation to() {
        return to;
    }

    @Override
    public TranslatedCall begin(Asked asked, UpstreamCall target) {
        ChatRequest request = OutputLimit.within(target.mostTokens(), ChatDefaults.fill(read(asked), asked.defaults()));
        request = RemoteMedia.inlined(request, upstream::fetches, asked.fetched());
        ToolAliases aliases = ToolAliases.of(request, upstream);
        JsonOutput out = new JsonOutput();
        ChatRequest fitted = ForeignSchemas.fitted(ForeignParts.without(request, upstream, target), upstream, target);
        upstream.writeRequest(aliases.in(fitted), target, out);
        boolean framed = target.quirks().contains(Quirk.EVENT_STREAM_FRAMES);
        return new Call(out, request, aliases, asked.client(), framed ? contained : upstream);
    }

    private ChatRequest read(Asked asked) {
        try {
            return client.readRequest(new JsonCursor().over(asked.body()), asked.path());
        } catch (JsonProblem problem) {
            throw Refused.body(problem);
        }
    }

    private final class Call implements TranslatedCall {
        private final JsonOutput body;
        private final ChatRequest request;
        private final ToolAliases aliases;
        private final ClientCall call;
        private final UpstreamDialect spoken;

        Call(JsonOutput body, ChatRequest request, ToolAliases aliases, ClientCall call, UpstreamDialect spoken) {
            this.body = body;
            this.request = request;
            this.aliases = aliases;
            this.call = call;
            this.spoken = spoken;
        }

        @Override
        public JsonOutput body() {
            return body;
        }

        private ReplyWriter replyWriter() {
            return aliases.restoring(client.replyWriter(call, request));
        }

        @Override
        public boolean streamed() {
            return request.stream();
        }

        @Override
        public ReplyTranslation reply(int status, Fields fields) {
            return status >= 400
                    ? WholeReply.ofError(spoken, status, fields)
                    : new ChatReply(
                            spoken, streamed() && !ChatReply.isWhole(fields), streamed(), replyWriter());
        }
    }
}
