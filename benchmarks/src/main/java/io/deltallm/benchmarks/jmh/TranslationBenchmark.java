package io.deltallm.benchmarks.jmh;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Dialects;
import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.dialect.ReplyTranslation;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.provider.Endpoint;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Provider.StreamUsage;
import io.deltallm.codec.provider.Signer;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A stream of 500 events from one dialect to another, each event a piece of its own as from the wire: what an event costs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TranslationBenchmark.EVENTS)
public class TranslationBenchmark {
    static final int EVENTS = 500;
    private static final int AROUND = 6;

    private final List<ByteBuf> anthropic = anthropicStream();
    private final List<ByteBuf> openAi = openAiStream();
    private final TranslatedCall anthropicToOpenAi = call(Operation.CHAT_COMPLETIONS, Operation.MESSAGES,
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    private final TranslatedCall openAiToAnthropic = call(Operation.MESSAGES, Operation.CHAT_COMPLETIONS,
            "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

    private static TranslatedCall call(Operation asked, Operation spoken, String body) {
        Provider provider = new Provider("p", URI.create("http://localhost"), new Signer.None(), Map.of(),
                StreamUsage.OPTION, Map.of(spoken, Endpoint.at("/")), Set.of());
        Translation translation = Objects.requireNonNull(new Dialects().translation(asked, provider));
        return translation.begin(
                new Asked(
                        RawJson.ofLiteral(body),
                        PathCall.NONE,
                        new ClientCall("0123456789", "m", true, true, 1),
                        Map.of(),
                        Map.of()),
                new UpstreamCall("m", "p", Set.of(), 4096, _ -> {}));
    }

    private static List<ByteBuf> anthropicStream() {
        List<String> events = new ArrayList<>();
        events.add("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_01\",\"type\":\"message\","
                + "\"role\":\"assistant\",\"model\":\"claude\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                + "\"usage\":{\"input_tokens\":12,\"output_tokens\":1}}}\n\n");
        events.add("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                + "{\"type\":\"text\",\"text\":\"\"}}\n\n");
        events.add("event: ping\ndata: {\"type\": \"ping\"}\n\n");
        for (int i = 0; i < EVENTS - AROUND; i++) {
            events.add("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                    + "{\"type\":\"text_delta\",\"text\":\" token" + i + "\"}}\n\n");
        }
        events.add("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n");
        events.add("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\","
                + "\"stop_sequence\":null},\"usage\":{\"output_tokens\":494}}\n\n");
        events.add("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        return buffers(events);
    }

    private static List<ByteBuf> openAiStream() {
        List<String> events = new ArrayList<>();
        events.add(chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
        for (int i = 0; i < EVENTS - 4; i++) {
            events.add(chunk("{\"content\":\" token" + i + "\"}", "null"));
        }
        events.add(chunk("{}", "\"stop\""));
        events.add("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt\","
                + "\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":494,\"total_tokens\":506}}\n\n");
        events.add("data: [DONE]\n\n");
        return buffers(events);
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt\","
                + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_1\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finish + "}],\"usage\":null}\n\n";
    }

    private static List<ByteBuf> buffers(List<String> events) {
        return events.stream().map(Traffic::direct).toList();
    }

    @Benchmark
    public long anthropicToOpenAi() {
        return translate(anthropicToOpenAi, anthropic);
    }

    @Benchmark
    public long openAiToAnthropic() {
        return translate(openAiToAnthropic, openAi);
    }

    private static long translate(TranslatedCall call, List<ByteBuf> events) {
        ReplyTranslation reply = call.reply(200, ErrorReader.Fields.NONE);
        long bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            reply.feed(events.get(i));
            bytes += reply.output().length();
            reply.output().clear();
        }
        reply.end();
        if (reply.failure() != null) {
            throw new IllegalStateException(reply.failure().message());
        }
        return bytes + reply.output().length();
    }
}
