package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.deltallm.codec.dialect.across.OpenAiShapes.copy;

/// Says a request for one prompt in OpenAI's shape: Titan Text
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html), Llama
/// (https://www.llama.com/docs/model-cards-and-prompt-formats/), Text Generation Inference
/// (https://huggingface.github.io/text-generation-inference).
final class InvokeAsked {
    private static final Pattern LLAMA_TURN =
            Pattern.compile("<\\|start_header_id\\|>(\\w+)<\\|end_header_id\\|>\n\n(.*?)<\\|eot_id\\|>", Pattern.DOTALL);
    private static final Pattern NAMED_TURN = Pattern.compile("(System|Human|Assistant): (.*)");

    private InvokeAsked() {}

    static ObjectNode titan(Recording recording) {
        JsonNode body = recording.request().path("body");
        JsonNode config = body.path("textGenerationConfig");
        ObjectNode request = OpenAiShapes.request(OpenAiShapes.modelInPath(recording), recording.stream());
        OpenAiShapes.message(request, "user").set("content", body.path("inputText"));
        copy(config.path("maxTokenCount"), "max_tokens", request);
        copy(config.path("temperature"), "temperature", request);
        copy(config.path("topP"), "top_p", request);
        copy(config.path("stopSequences"), "stop", request);
        return request;
    }

    static ObjectNode llama(Recording recording) {
        JsonNode body = recording.request().path("body");
        ObjectNode request = OpenAiShapes.request(OpenAiShapes.modelInPath(recording), recording.stream());
        turns(LLAMA_TURN, body.path("prompt").asText(), request);
        copy(body.path("max_gen_len"), "max_tokens", request);
        copy(body.path("temperature"), "temperature", request);
        copy(body.path("top_p"), "top_p", request);
        return request;
    }

    static ObjectNode generate(Recording recording) {
        JsonNode body = recording.request().path("body");
        JsonNode parameters = body.path("parameters");
        ObjectNode request = OpenAiShapes.request("m", recording.stream());
        turns(NAMED_TURN, body.path("inputs").asText(), request);
        copy(parameters.path("max_new_tokens"), "max_tokens", request);
        for (String same : new String[] {"temperature", "top_p", "typical_p", "do_sample", "watermark"}) {
            copy(parameters.path(same), same, request);
        }
        return request;
    }

    /// What the prompt's template tells apart; a prompt without one is a question.
    private static void turns(Pattern template, String prompt, ObjectNode request) {
        Matcher turn = template.matcher(prompt);
        boolean found = false;
        while (turn.find()) {
            found = true;
            String role = switch (turn.group(1)) {
                case "System", "system" -> "system";
                case "Human", "user" -> "user";
                default -> "assistant";
            };
            OpenAiShapes.message(request, role).put("content", turn.group(2));
        }
        if (!found) {
            OpenAiShapes.message(request, "user").put("content", prompt);
        }
    }
}
