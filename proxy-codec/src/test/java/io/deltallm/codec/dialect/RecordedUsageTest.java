package io.deltallm.codec.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/// The tap on what real providers answered, against a second reading by a JSON library that is straightforward and
/// slow.
class RecordedUsageTest {
    private static final List<String> PROVIDERS = List.of(
            "openai", "groq", "mistral", "xai", "deepseek", "together", "openrouter", "vllm", "ollama", "cerebras",
            "perplexity", "zai", "huggingface", "gpustack", "llamacpp", "vercel", "databricks", "snowflake", "cloudflare",
            "azure");
    private static final List<String> OPERATIONS =
            List.of("chat", "openai-chat", "completions", "responses", "embeddings", "transcriptions", "rerank", "images");
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private final UsageTap tap = new UsageTap(new ByteBlock());

    @Test
    void readsFromEveryRecordingWhatALibraryReads() {
        int withUsage = 0;
        for (Recording recording : Recordings.of(PROVIDERS)) {
            byte[] body = recording.body().getBytes(StandardCharsets.UTF_8);
            if (recording.status() != 200 || body.length == 0 || !isTapped(recording)) {
                continue;
            }
            JsonNode usage = recording.eventStream() ? lastUsage(recording.body()) : usage(recording.body());
            withUsage += usage == null ? 0 : 1;
            // Cut at each byte where that does not take long.
            for (int piece : new int[] {body.length, body.length < 20_000 ? 1 : 97, 1460}) {
                read(recording, body, piece);
                expect(recording + " in pieces of " + piece, usage);
            }
        }
        assertThat(withUsage).as("recordings with usage").isGreaterThan(100);
    }

    private static boolean isTapped(Recording recording) {
        String operation = recording.api().substring(recording.api().indexOf('.') + 1);
        return OPERATIONS.stream().anyMatch(operation::startsWith) && !recording.api().equals("ollama.chat");
    }

    private void read(Recording recording, byte[] body, int piece) {
        tap.begin(Operation.CHAT_COMPLETIONS, recording.eventStream());
        ByteBuf buffer = buffers.of(body);
        for (int at = 0; at < body.length; at += piece) {
            tap.feed(buffer.setIndex(at, Math.min(body.length, at + piece)));
        }
        tap.end();
        buffer.release();
    }

    private void expect(String what, @Nullable JsonNode usage) {
        assertThat(tap.found()).as(what).isEqualTo(usage != null);
        if (usage == null) {
            return;
        }
        long prompt = either(usage, "prompt_tokens", "input_tokens");
        long completion = either(usage, "completion_tokens", "output_tokens");
        long reasoning = either(usage.path("completion_tokens_details"), "reasoning_tokens", "")
                + either(usage.path("output_tokens_details"), "reasoning_tokens", "");
        long total = usage.path("total_tokens").asLong(prompt + completion);
        boolean beside = reasoning > 0 && total == prompt + completion + reasoning;
        assertThat(tap.promptTokens()).as(what).isEqualTo(prompt);
        assertThat(tap.completionTokens()).as(what).isEqualTo(beside ? completion + reasoning : completion);
        assertThat(tap.totalTokens()).as(what).isEqualTo(total);
        JsonNode details = usage.path(usage.has("prompt_tokens_details") ? "prompt_tokens_details" : "input_tokens_details");
        if (details.path("cached_tokens").isNumber()) {
            assertThat(tap.cachedTokens()).as(what).isEqualTo(details.path("cached_tokens").asLong());
        }
    }

    private static long either(JsonNode usage, String name, String other) {
        return usage.path(name).asLong(usage.path(other).asLong(0));
    }

    private static @Nullable JsonNode lastUsage(String stream) {
        JsonNode last = null;
        for (String event : stream.split("\r\n\r\n|\n\n")) {
            StringBuilder data = new StringBuilder();
            event.lines().filter(line -> line.startsWith("data:")).forEach(line -> data.append(line.substring(5)));
            JsonNode usage = usage(data.toString());
            last = usage == null ? last : usage;
        }
        return last;
    }

    private static @Nullable JsonNode usage(String text) {
        try {
            JsonNode document = JSON.readTree(text);
            for (JsonNode usage : List.of(
                    document.path("usage"), document.path("response").path("usage"), document.path("x_groq").path("usage"))) {
                if (usage.has("total_tokens") || usage.has("prompt_tokens") || usage.has("input_tokens")) {
                    return usage;
                }
            }
            return null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
