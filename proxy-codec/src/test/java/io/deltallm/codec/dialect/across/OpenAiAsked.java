package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Dialects;
import io.deltallm.codec.dialect.RecordedChats;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The call of OpenAI's shape, as a gateway takes it, that asks for what a recorded request asks for. Of formats that
/// clients of ours speak, our own reader and writer say it; of all others, a converter that knows the vendor's
/// documentation and nothing of our writers.
final class OpenAiAsked {
    private static final Dialects DIALECTS = new Dialects();

    private OpenAiAsked() {}

    static ObjectNode of(Recording recording) {
        Operation format = Objects.requireNonNull(RecordedChats.format(recording));
        return switch (format) {
            case CONVERSE -> ConverseAsked.of(recording);
            case COHERE_CHAT -> CohereAsked.v2(recording);
            case COHERE_CHAT_V1 -> CohereAsked.v1(recording);
            case OLLAMA_CHAT -> OllamaAsked.of(recording);
            case INVOKE_TITAN_TEXT -> InvokeAsked.titan(recording);
            case INVOKE_LLAMA -> InvokeAsked.llama(recording);
            case TGI_GENERATE -> InvokeAsked.generate(recording);
            case MESSAGES, VERTEX_MESSAGES, BEDROCK_MESSAGES -> byOurselves(Operation.MESSAGES, recording);
            case GENERATE_CONTENT -> byOurselves(Operation.GENERATE_CONTENT, recording);
            default -> throw new AssertionError("no converter for " + format);
        };
    }

    /// By way of the hub, written for a gateway like ours, which takes more than OpenAI.
    private static ObjectNode byOurselves(Operation spoken, Recording recording) {
        String model = model(recording);
        byte[] body = recording.request().path("body").toString().getBytes(StandardCharsets.UTF_8);
        ChatRequest request = Objects.requireNonNull(DIALECTS.client(spoken))
                .readRequest(new JsonCursor().over(body), new PathCall(model, recording.stream()));
        List<String> lost = new ArrayList<>();
        JsonOutput out = new JsonOutput();
        UpstreamCall call = new UpstreamCall(model, "litellm_proxy", Set.of(), 4096, lost::add);
        Objects.requireNonNull(DIALECTS.upstream(Operation.CHAT_COMPLETIONS)).writeRequest(request, call, out);
        return (ObjectNode) OpenAiShapes.parsed(out.toString());
    }

    private static String model(Recording recording) {
        String inBody = recording.request().path("body").path("model").asText();
        return inBody.isEmpty() ? OpenAiShapes.modelInPath(recording) : inBody;
    }
}
