package io.deltallm.codec.dialect;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import io.deltallm.codec.chat.Operation;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/// Reads a reply as a client of its wire format does: through the official SDK's classes, which must accept it, and as a
/// tree, from which its digest is taken.
public final class ClientReply {
    private static final com.fasterxml.jackson.databind.json.JsonMapper OPENAI = com.openai.core.ObjectMappers.jsonMapper();
    private static final com.fasterxml.jackson.databind.json.JsonMapper ANTHROPIC =
            com.anthropic.core.ObjectMappers.jsonMapper();

    private ClientReply() {}

    public static ChatDigest digest(Operation format, boolean streamed, String body) {
        DigestBuilder digest = new DigestBuilder();
        switch (format) {
            case CHAT_COMPLETIONS -> chat(digest, streamed, body);
            case MESSAGES -> messages(digest, streamed, body);
            case RESPONSES -> responses(digest, streamed, body);
            case GENERATE_CONTENT -> gemini(digest, streamed, body);
            default -> throw new IllegalArgumentException(format.label());
        }
        return digest.build();
    }

    /// The data of each event; the framing is checked.
    private static List<String> events(String body) {
        List<String> events = new ArrayList<>();
        for (String event : body.replace("\r\n", "\n").split("\n\n", -1)) {
            if (!event.isBlank()) {
                int data = event.startsWith("data: ") ? 0 : event.indexOf("\ndata: ") + 1;
                assertThat(event.substring(data)).as("event: %s", event).startsWith("data: ");
                events.add(event.substring(data + 6));
            }
        }
        return events;
    }

    private static void chat(DigestBuilder digest, boolean streamed, String body) {
        if (!streamed) {
            accepted(() -> OPENAI.readValue(body, ChatCompletion.class).validate(), body);
            JsonNode reply = DigestBuilder.tree(body);
            assertThat(reply.path("object").asText()).isEqualTo("chat.completion");
            JsonNode choice = reply.path("choices").path(0);
            chatPiece(digest, choice.path("message"), choice.path("finish_reason"));
            usage(digest, reply.path("usage"), "prompt_tokens", "completion_tokens");
            return;
        }
        List<String> events = events(body);
        assertThat(events.getLast()).isEqualTo("[DONE]");
        for (String event : events.subList(0, events.size() - 1)) {
            accepted(() -> OPENAI.readValue(event, ChatCompletionChunk.class).validate(), event);
            JsonNode chunk = DigestBuilder.tree(event);
            for (JsonNode choice : chunk.path("choices")) {
                if (choice.path("index").asInt() == 0) {
                    chatPiece(digest, choice.path("delta"), choice.path("finish_reason"));
                }
            }
            usage(digest, chunk.path("usage"), "prompt_tokens", "completion_tokens");
        }
    }

    private static void chatPiece(DigestBuilder digest, JsonNode piece, JsonNode finish) {
        digest.text.append(piece.path("content").asText("")).append(piece.path("refusal").asText(""));
        digest.thinking.append(piece.path("reasoning_content").asText(""));
        int position = 0;
        for (JsonNode call : piece.path("tool_calls")) {
            int index = call.path("index").asInt(position++);
            if (call.path("function").hasNonNull("name")) {
                assertThat(call.path("id").asText()).isNotEmpty();
                digest.call(index, call.path("function").path("name").asText());
            }
            digest.arguments(index, call.path("function").path("arguments").asText(""));
        }
        if (finish.isTextual()) {
            assertThat(finish.asText()).isIn("stop", "length", "tool_calls", "content_filter");
            digest.finish = finish.asText();
        }
    }

    private static void usage(DigestBuilder digest, JsonNode usage, String prompt, String completion) {
        if (usage.isObject()) {
            digest.promptTokens = usage.path(prompt).asLong();
            digest.completionTokens = usage.path(completion).asLong();
        }
    }

    private static void messages(DigestBuilder digest, boolean streamed, String body) {
        if (!streamed) {
            accepted(() -> ANTHROPIC.readValue(body, Message.class).validate(), body);
            JsonNode reply = DigestBuilder.tree(body);
            int index = 0;
            for (JsonNode block : reply.path("content")) {
                messagesBlock(digest, index, block);
                digest.arguments(index++, block.has("input") ? block.path("input").toString() : "");
            }
            messagesEnd(digest, reply.path("stop_reason"), reply.path("usage"));
            return;
        }
        int open = -1;
        List<String> events = events(body);
        // The official client passes over pings by their event's name.
        events.removeIf(event -> DigestBuilder.tree(event).path("type").asText().equals("ping"));
        assertThat(events.getFirst()).contains("message_start");
        assertThat(events.getLast()).contains("message_stop");
        for (String event : events) {
            accepted(() -> ANTHROPIC.readValue(event, RawMessageStreamEvent.class).validate(), event);
            JsonNode node = DigestBuilder.tree(event);
            int index = node.path("index").asInt(-1);
            switch (node.path("type").asText()) {
                case "message_start" -> messagesUsage(digest, node.path("message").path("usage"));
                case "content_block_start" -> {
                    assertThat(open).as("open block at %s", event).isEqualTo(-1);
                    open = index;
                    messagesBlock(digest, index, node.path("content_block"));
                }
                case "content_block_delta" -> {
                    assertThat(index).isEqualTo(open);
                    JsonNode delta = node.path("delta");
                    digest.text.append(delta.path("text").asText(""));
                    digest.thinking.append(delta.path("thinking").asText(""));
                    if (delta.has("partial_json")) {
                        digest.arguments(index, delta.path("partial_json").asText());
                    }
                }
                case "content_block_stop" -> {
                    assertThat(index).isEqualTo(open);
                    open = -1;
                }
                case "message_delta" ->
                    messagesEnd(digest, node.path("delta").path("stop_reason"), node.path("usage"));
                default -> {}
            }
        }
    }

    private static void messagesBlock(DigestBuilder digest, int index, JsonNode block) {
        switch (block.path("type").asText()) {
            case "text" -> digest.text.append(block.path("text").asText());
            case "thinking" -> digest.thinking.append(block.path("thinking").asText());
            case "tool_use" -> digest.call(index, block.path("name").asText());
            default -> {}
        }
    }

    private static void messagesEnd(DigestBuilder digest, JsonNode reason, JsonNode usage) {
        digest.finish = switch (reason.asText()) {
            case "end_turn", "stop_sequence", "pause_turn" -> "stop";
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> throw new AssertionError("stop_reason " + reason);
        };
        messagesUsage(digest, usage);
    }

    /// A stream may state its prompt at its begin only.
    private static void messagesUsage(DigestBuilder digest, JsonNode usage) {
        if (usage.has("input_tokens")) {
            digest.promptTokens = usage.path("input_tokens").asLong() + usage.path("cache_read_input_tokens").asLong()
                    + usage.path("cache_creation_input_tokens").asLong();
        }
        digest.completionTokens = usage.path("output_tokens").asLong();
    }

    private static void responses(DigestBuilder digest, boolean streamed, String body) {
        if (!streamed) {
            accepted(() -> OPENAI.readValue(body, Response.class).validate(), body);
            response(digest, DigestBuilder.tree(body));
            return;
        }
        StringBuilder deltas = new StringBuilder();
        int expected = 0;
        JsonNode last = DigestBuilder.JSON.createObjectNode();
        for (String event : events(body)) {
            accepted(() -> OPENAI.readValue(event, ResponseStreamEvent.class).validate(), event);
            JsonNode node = DigestBuilder.tree(event);
            assertThat(node.path("sequence_number").asInt()).isEqualTo(expected++);
            switch (node.path("type").asText()) {
                case "response.output_text.delta", "response.refusal.delta" -> deltas.append(node.path("delta").asText());
                default -> {}
            }
            last = node;
        }
        assertThat(last.path("type").asText()).isIn("response.completed", "response.incomplete");
        response(digest, last.path("response"));
        assertThat(deltas.toString()).isEqualTo(digest.text.toString());
    }

    private static void response(DigestBuilder digest, JsonNode response) {
        int index = 0;
        for (JsonNode item : response.path("output")) {
            switch (item.path("type").asText()) {
                case "message" -> item.path("content").forEach(part ->
                        digest.text.append(part.path("text").asText("")).append(part.path("refusal").asText("")));
                case "reasoning" -> {
                    item.path("summary").forEach(part -> digest.thinking.append(part.path("text").asText()));
                }
                case "function_call" -> {
                    digest.call(index, item.path("name").asText());
                    digest.arguments(index, item.path("arguments").asText());
                }
                default -> {}
            }
            index++;
        }
        digest.finish = switch (response.path("status").asText()) {
            case "completed" -> "stop";
            case "incomplete" -> response.path("incomplete_details").path("reason").asText().equals("content_filter")
                    ? "content_filter"
                    : "length";
            default -> throw new AssertionError("status " + response.path("status"));
        };
        usage(digest, response.path("usage"), "input_tokens", "output_tokens");
    }

    private static void gemini(DigestBuilder digest, boolean streamed, String body) {
        List<String> chunks = streamed ? events(body) : List.of(body);
        int calls = 0;
        for (String chunk : chunks) {
            JsonNode node = DigestBuilder.tree(chunk);
            JsonNode candidate = node.path("candidates").path(0);
            for (JsonNode part : candidate.path("content").path("parts")) {
                if (part.has("functionCall")) {
                    digest.call(calls, part.path("functionCall").path("name").asText());
                    JsonNode args = part.path("functionCall").path("args");
                    digest.arguments(calls++, args.isMissingNode() ? "" : args.toString());
                } else if (part.path("thought").asBoolean()) {
                    digest.thinking.append(part.path("text").asText(""));
                } else {
                    digest.text.append(part.path("text").asText(""));
                }
            }
            if (candidate.hasNonNull("finishReason")) {
                digest.finish = switch (candidate.path("finishReason").asText()) {
                    case "STOP" -> "stop";
                    case "MAX_TOKENS" -> "length";
                    default -> "content_filter";
                };
            }
            JsonNode usage = node.path("usageMetadata");
            if (usage.isObject()) {
                digest.promptTokens = usage.path("promptTokenCount").asLong()
                        + usage.path("toolUsePromptTokenCount").asLong();
                digest.completionTokens =
                        usage.path("candidatesTokenCount").asLong() + usage.path("thoughtsTokenCount").asLong();
            }
        }
    }

    private interface Parsing {
        Object parse() throws JsonProcessingException;
    }

    private static void accepted(Parsing parsing, String json) {
        try {
            parsing.parse();
        } catch (Exception e) {
            throw new AssertionError("the official client refuses " + json, e);
        }
    }
}
