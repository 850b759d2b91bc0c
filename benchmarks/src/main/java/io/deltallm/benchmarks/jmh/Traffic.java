package io.deltallm.benchmarks.jmh;

import io.deltallm.policy.config.ConfigInput;
import io.deltallm.policy.config.ConfigReader;
import io.deltallm.policy.config.ConfigResult;
import io.deltallm.policy.config.GatewayConfig;
import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.config.SnapshotBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The requests and replies the benchmarks feed on: chat completions as clients and providers write them.
final class Traffic {
    static final int SMALL = 1024;
    static final int LARGE = 100 * 1024;

    private Traffic() {}

    /// A chat request of exactly `bytes` bytes, its prompt with the escapes that prose has.
    static String chatRequest(int bytes, boolean stream) {
        String start = "{\"model\":\"bench-7\",\"messages\":[{\"role\":\"system\",\"content\":\"You are terse.\"},"
                + "{\"role\":\"user\",\"content\":\"";
        String end = "\"}],\"temperature\":0.2,\"max_tokens\":500" + (stream ? ",\"stream\":true}" : "}");
        return start + prose(bytes - start.length() - end.length()) + end;
    }

    /// A chat request of about [#SMALL] bytes: a conversation of ten short messages.
    static String conversation() {
        StringBuilder body = new StringBuilder("{\"model\":\"bench-7\",\"messages\":[");
        body.append("{\"role\":\"system\",\"content\":\"You are terse.\"}");
        for (int turn = 0; turn < 9; turn++) {
            body.append(",{\"role\":\"").append(turn % 2 == 0 ? "user" : "assistant");
            body.append("\",\"content\":\"").append(prose(60)).append("\"}");
        }
        return body.append("],\"temperature\":0.2,\"max_tokens\":500}").toString();
    }

    /// A whole reply of exactly [#SMALL] bytes with usage at its end.
    static String chatReply() {
        String start = "{\"id\":\"chatcmpl-0123456789abcdef\",\"object\":\"chat.completion\",\"created\":1700000000,"
                + "\"model\":\"bench-upstream\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"";
        String end = "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":200,"
                + "\"completion_tokens\":100,\"total_tokens\":300,\"prompt_tokens_details\":{\"cached_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0}},\"system_fingerprint\":\"fp_0123456789\"}";
        return start + prose(SMALL - start.length() - end.length()) + end;
    }

    /// One event of a stream whose usage was asked for, as OpenAI writes it.
    static String event() {
        return "data: {\"id\":\"chatcmpl-0123456789abcdef\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                + "\"model\":\"bench-upstream\",\"system_fingerprint\":\"fp_0123456789\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\" token\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n";
    }

    /// One event of a stream that says nothing of usage.
    static String eventWithoutUsage() {
        return event().replace(",\"usage\":null", "");
    }

    /// The last event but `[DONE]` of such a stream.
    static String usageEvent() {
        return "data: {\"id\":\"chatcmpl-0123456789abcdef\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                + "\"model\":\"bench-upstream\",\"system_fingerprint\":\"fp_0123456789\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":32,\"total_tokens\":232}}\n\n";
    }

    /// What an SDK sends before a body of `bodyBytes`.
    static String requestHead(int bodyBytes) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway.example:4000\r\n"
                + "Authorization: Bearer sk-0123456789abcdef0123456789abcdef0123456789a\r\n"
                + "Content-Type: application/json\r\nAccept: application/json\r\nAccept-Encoding: identity\r\n"
                + "User-Agent: OpenAI/Python 1.60.0\r\nX-Stainless-Lang: python\r\nX-Stainless-Package-Version: 1.60.0\r\n"
                + "X-Stainless-Runtime: CPython\r\nX-Stainless-Retry-Count: 0\r\nContent-Length: " + bodyBytes + "\r\n\r\n";
    }

    static String responseHead() {
        return "HTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 10:00:00 GMT\r\nContent-Type: application/json\r\n"
                + "Server: uvicorn\r\nx-request-id: req_0123456789abcdef\r\nopenai-processing-ms: 42\r\n"
                + "Content-Length: " + SMALL + "\r\n\r\n";
    }

    static ByteBuf direct(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }

    /// A configuration of 100 models.
    static Snapshot snapshot() {
        StringBuilder yaml = new StringBuilder("general:\n  master_key: sk-bench-master-0123456789\nmodel_list:\n");
        for (int model = 0; model < 100; model++) {
            yaml.append("  - model_name: bench-").append(model)
                    .append("\n    litellm_params: {model: openai/upstream-").append(model)
                    .append(", api_base: 'http://127.0.0.1:9/v1', api_key: sk-upstream}\n");
        }
        ConfigResult read = new ConfigReader().read(ConfigInput.of(yaml.toString()));
        GatewayConfig config = read.config();
        if (config == null) {
            throw new IllegalStateException("the benchmarks' configuration is refused: " + read.errors());
        }
        return SnapshotBuilder.build(config, 1, Instant.EPOCH);
    }

    private static String prose(int length) {
        String sentence = "The quick brown fox jumps over the lazy dog, said \\\"nobody\\\" twice.\\n";
        String whole = sentence.repeat(length / sentence.length());
        return whole + "x".repeat(length - whole.length());
    }
}
