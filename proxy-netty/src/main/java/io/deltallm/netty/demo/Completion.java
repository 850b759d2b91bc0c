package io.deltallm.netty.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One answer in OpenAI's shape, whole or as the events of a stream: for a chat a role chunk, a chunk for each word, a
/// finish chunk, and the usage chunk when asked for; a text completion has no role chunk.
///
/// @param chat chat completion, or text completion
/// @param words the answer; each word but the first begins with its space
/// @param finish `stop`, or `length` when the client's limit cut the answer
record Completion(
        boolean chat, String id, long created, String model, List<String> words, String finish, int promptTokens) {

    Completion {
        words = List.copyOf(words);
    }

    void write(JsonGenerator json) throws IOException {
        head(json, chat ? "chat.completion" : "text_completion");
        json.writeArrayFieldStart("choices");
        openChoice(json);
        if (chat) {
            json.writeObjectFieldStart("message");
            json.writeStringField("role", "assistant");
            json.writeStringField("content", String.join("", words));
            json.writeNullField("refusal");
            json.writeEndObject();
        } else {
            json.writeStringField("text", String.join("", words));
        }
        closeChoice(json, finish);
        json.writeEndArray();
        usage(json);
        json.writeEndObject();
    }

    /// Events of the stream, without the usage chunk.
    int events() {
        return words.size() + (chat ? 2 : 1);
    }

    void writeEvent(JsonGenerator json, int index, boolean usageWillFollow) throws IOException {
        int word = chat ? index - 1 : index;
        boolean last = word == words.size();
        head(json, chat ? "chat.completion.chunk" : "text_completion");
        json.writeArrayFieldStart("choices");
        openChoice(json);
        if (chat) {
            json.writeObjectFieldStart("delta");
            if (word < 0) {
                json.writeStringField("role", "assistant");
                json.writeStringField("content", "");
            } else if (!last) {
                json.writeStringField("content", words.get(word));
            }
            json.writeEndObject();
        } else {
            json.writeStringField("text", last ? "" : words.get(word));
        }
        closeChoice(json, last ? finish : null);
        json.writeEndArray();
        if (usageWillFollow) {
            json.writeNullField("usage");
        }
        json.writeEndObject();
    }

    void writeUsageEvent(JsonGenerator json) throws IOException {
        head(json, chat ? "chat.completion.chunk" : "text_completion");
        json.writeArrayFieldStart("choices");
        json.writeEndArray();
        usage(json);
        json.writeEndObject();
    }

    private void head(JsonGenerator json, String object) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("object", object);
        json.writeNumberField("created", created);
        json.writeStringField("model", model);
    }

    private static void openChoice(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", 0);
    }

    private static void closeChoice(JsonGenerator json, @Nullable String reason)
            throws IOException {
        json.writeNullField("logprobs");
        json.writeStringField("finish_reason", reason);
        json.writeEndObject();
    }

    private void usage(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", promptTokens);
        json.writeNumberField("completion_tokens", words.size());
        json.writeNumberField("total_tokens", promptTokens + words.size());
        json.writeEndObject();
    }
}
