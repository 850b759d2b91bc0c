package io.deltallm.policy.model;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Tool;
import io.deltallm.policy.route.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChatTokensTest {
    private static final Part HELLO = Part.Text.of("hello world");

    private final TokenCounter counter = new TokenCounter();
    private final Target target = Objects.requireNonNull(Models.snapshot().group("smart")).targets().getFirst();

    private long count(List<Tool> tools, Message... messages) {
        return counter.chat(
                target,
                new ChatRequest(
                        "messages", "smart", List.of(messages), tools, null, null, Sampling.NONE, null, null, false, false, null,
                        Map.of()));
    }

    private long count(Part part) {
        return count(List.of(), Message.of(Role.USER, List.of(part)));
    }

    @Test
    void countsMessagesAsOpenAiDoes() {
        // Three for the answer; three for each message, one for its role, two for its text.
        assertThat(count(HELLO)).isEqualTo(9);
        assertThat(count(List.of(), Message.text(Role.SYSTEM, "hello world"), Message.text(Role.USER, "hello world")))
                .isEqualTo(15);
    }

    @Test
    void countsEveryPart() {
        long empty = count(Part.Text.of(""));
        assertThat(count(new Part.Thinking("hello world", "sig", null))).isEqualTo(empty + 2);
        assertThat(count(new Part.Refusal("hello world"))).isEqualTo(empty + 2);
        assertThat(count(new Part.RedactedThinking("hello world", null))).isEqualTo(empty);
        assertThat(count(new Part.ToolResult("id", "look", List.of(HELLO), false, null))).isEqualTo(empty + 2);
        assertThat(count(new Part.ToolCall("id", "hello", RawJson.ofText("world"), null, null))).isGreaterThan(empty + 1);
        assertThat(count(new Part.Document(new Media.PlainText("hello world"), null, null))).isEqualTo(empty + 2);
        assertThat(count(new Part.Opaque("messages", RawJson.ofText("hello")))).isGreaterThan(empty);
    }

    @Test
    void countsMediaByTheirKindAndNotByTheirSize() {
        long empty = count(Part.Text.of(""));
        Media image = new Media.Inline("image/png", "A".repeat(10_000));

        assertThat(count(new Part.Image(image, "low", null))).isEqualTo(empty + 85);
        assertThat(count(new Part.Image(image, null, null))).isEqualTo(empty + 765);
        assertThat(count(new Part.Document(image, null, null))).isEqualTo(empty + 765);
        assertThat(count(new Part.Audio(image))).isEqualTo(empty + 765);
    }

    @Test
    void countsTools() {
        Message hello = Message.of(Role.USER, List.of(HELLO));
        Tool function = new Tool.Function("look", "hello world", RawJson.EMPTY_OBJECT, null, null);
        Tool bare = new Tool.Function("look", null, null, null, null);

        long without = count(List.of(), hello);
        assertThat(count(List.of(function), hello)).isEqualTo(count(List.of(bare), hello) + 3);
        assertThat(count(List.of(bare), hello)).isGreaterThan(without + 1);
        assertThat(count(List.of(new Tool.Hosted("messages", RawJson.ofText("web_search"))), hello)).isGreaterThan(without);
    }
}
