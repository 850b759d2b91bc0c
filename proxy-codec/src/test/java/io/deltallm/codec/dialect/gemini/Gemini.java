package io.deltallm.codec.dialect.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Drives the dialect in tests.
final class Gemini {
    static final ObjectMapper JSON = new ObjectMapper();
    static final GenerateContent DIALECT = new GenerateContent();

    private Gemini() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /// JSON with single quotes, for tests that are read.
    static String quoted(String text) {
        return text.replace('\'', '"');
    }

    static ChatRequest request(String body) {
        return request(body, "gemini-2.5-flash", false);
    }

    static ChatRequest request(String body, String model, boolean stream) {
        JsonCursor cursor = new JsonCursor().over(body.getBytes(StandardCharsets.UTF_8));
        return DIALECT.readRequest(cursor, new PathCall(model, stream));
    }

    static JsonNode written(ChatRequest request, String model, List<String> losses) {
        return written(DIALECT, request, model, losses);
    }

    static JsonNode written(GenerateContent dialect, ChatRequest request, String model, List<String> losses) {
        JsonOutput out = new JsonOutput();
        dialect.writeRequest(request, new UpstreamCall(model, "gemini", Set.of(), 4096, losses::add), out);
        return json(out.toString());
    }

    static ClientCall call(boolean streamed) {
        return new ClientCall("exchange-1", "asked-model", streamed, true, 1_700_000_000);
    }

    /// What the reader tells of a plain reply, as texts.
    static List<String> plain(String body) {
        List<String> events = new ArrayList<>();
        readPlain(body, event -> events.add(event.toString()));
        return events;
    }

    static void readPlain(String body, ChatSink sink) {
        ReplyReader reader = DIALECT.replyReader(false);
        reader.read(Frame.of(body), sink);
        reader.end(sink);
    }

    /// What the reader tells of a stream that comes in pieces of this size, as texts.
    static List<String> stream(String body, int pieceBytes) {
        List<String> events = new ArrayList<>();
        readStream(body, pieceBytes, event -> events.add(event.toString()));
        return events;
    }

    static void readStream(String body, int pieceBytes, ChatSink sink) {
        ReplyReader reader = DIALECT.replyReader(true);
        FrameCutter cutter = DIALECT.streamCutter();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            int length = Math.min(pieceBytes, bytes.length - at);
            cutter.feed(Unpooled.wrappedBuffer(bytes, at, length), frame -> reader.read(frame, sink));
        }
        cutter.end(frame -> reader.read(frame, sink));
        reader.end(sink);
    }

    /// What the writer makes of events.
    static String reply(boolean streamed, ChatEvent... events) {
        return reply(DIALECT, streamed, events);
    }

    static String reply(GenerateContent dialect, boolean streamed, ChatEvent... events) {
        ReplyWriter writer = dialect.replyWriter(call(streamed));
        JsonOutput out = new JsonOutput();
        for (ChatEvent event : events) {
            writer.write(event, out);
        }
        writer.end(out);
        return out.toString();
    }

    /// The replies within a stream.
    static List<JsonNode> chunks(String stream) {
        List<JsonNode> chunks = new ArrayList<>();
        for (String event : stream.replace("\r\n", "\n").split("\n\n")) {
            if (!event.isBlank()) {
                chunks.add(json(event.strip().substring("data:".length())));
            }
        }
        return chunks;
    }
}
