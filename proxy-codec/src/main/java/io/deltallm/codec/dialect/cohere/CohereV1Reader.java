package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.cohere.CohereCitations.Document;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a reply of version 1. The last line of a stream repeats the whole reply as `response`; only its usage is taken
/// from there. Confined to one attempt.
final class CohereV1Reader implements ReplyReader {
    private final boolean streamed;
    private final JsonCursor cursor = new JsonCursor();
    private final JsonCursor nested = new JsonCursor();
    private final Map<String, Document> documents = new HashMap<>();

    private @Nullable RawJson id;
    private @Nullable RawJson text;
    private @Nullable RawJson calls;
    private @Nullable RawJson citations;
    private @Nullable String reason;
    private @Nullable Usage usage;
    private boolean known;
    /// Whether the event tells a piece of what the model plans to do with tools.
    private boolean planning;
    /// Whether the plan was told in pieces: the event with the calls repeats it.
    private boolean planned;
    private boolean started;
    private boolean ended;
    private int tools;

    CohereV1Reader(boolean streamed) {
        this.streamed = streamed;
    }

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (ended) {
            return;
        }
        id = null;
        text = null;
        calls = null;
        citations = null;
        known = false;
        planning = false;
        members(frame);
        if (!known) {
            ended = true;
            sink.accept(ProviderFailure.inside(500, frame));
            return;
        }
        tell(sink);
    }

    @Override
    public void end(ChatSink sink) {
        if (streamed && !ended) {
            sink.accept(ProviderFailure.cutShort());
        }
    }

    private void members(Frame frame) {
        cursor.over(frame.raw()).object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "event_type" -> {
                    known = true;
                    planning = "tool-calls-chunk".equals(cursor.stringOrNull());
                }
                case "generation_id" -> id = cursor.rawStringOrNull();
                case "text" -> {
                    known = true;
                    text = cursor.rawStringOrNull();
                }
                case "tool_calls" -> calls = cursor.raw();
                case "citations" -> citations = cursor.raw();
                case "documents" -> documents();
                case "finish_reason" -> reason = cursor.stringOrNull();
                case "meta" -> usage = either(usage, CohereUsage.read(cursor));
                case "token_count" -> usage = either(tokenCount(), usage);
                case "response" -> response();
                default -> {}
            }
        }
    }

    private void response() {
        if (cursor.skipNull()) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "meta" -> usage = either(usage, CohereUsage.read(cursor));
                case "token_count" -> usage = either(tokenCount(), usage);
                default -> {}
            }
        }
    }

    private static @Nullable Usage either(@Nullable Usage first, @Nullable Usage second) {
        return first == null ? second : first;
    }

    /// What older replies state beside `meta`, which then has the billed units only.
    private @Nullable Usage tokenCount() {
        if (cursor.skipNull()) {
            return null;
        }
        long prompt = 0;
        long completion = 0;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "prompt_tokens" -> prompt = cursor.count();
                case "response_tokens" -> completion = cursor.count();
                default -> {}
            }
        }
        return Usage.of(prompt, completion, prompt + completion, 0, 0, false);
    }

    private void documents() {
        if (cursor.kind() != JsonKind.ARRAY) {
            return;
        }
        cursor.array();
        while (cursor.element()) {
            RawJson document = cursor.raw();
            documents.put(documentId(document), Document.read(nested.over(document)));
        }
    }

    private String documentId(RawJson document) {
        nested.over(document).object();
        for (String name = nested.name(); name != null; name = nested.name()) {
            if (name.equals("id")) {
                return nested.anyText();
            }
        }
        return "";
    }

    private void tell(ChatSink sink) {
        if (!started && id != null) {
            started = true;
            sink.accept(new ChatEvent.Started(id, null));
        }
        if (calls == null || !planned) {
            CohereText.said(text, sink);
        }
        planned |= planning && text != null;
        calls(sink);
        citations(sink);
        if (reason != null || !streamed) {
            ended = true;
            if (usage != null) {
                sink.accept(new ChatEvent.Used(usage));
            }
            // Older plain replies do not say why they ended.
            CohereFinish.tell(reason == null ? "COMPLETE" : reason, tools > 0, null, sink);
        }
    }

    private void calls(ChatSink sink) {
        if (calls == null || !calls.isArray()) {
            return;
        }
        cursor.over(calls).array();
        while (cursor.element()) {
            call(sink);
        }
    }

    private void call(ChatSink sink) {
        RawJson called = null;
        RawJson parameters = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "name" -> called = cursor.rawString();
                case "parameters" -> parameters = cursor.raw();
                default -> {}
            }
        }
        if (called == null) {
            throw ProviderFailure.malformed("tool_calls has a call without a name");
        }
        sink.accept(new ChatEvent.ToolStarted(0, tools, null, called, null));
        if (parameters != null && parameters.isObject()) {
            sink.accept(new ChatEvent.ToolArguments(0, tools, parameters));
        }
        tools++;
    }

    private void citations(ChatSink sink) {
        if (citations == null || !citations.isArray()) {
            return;
        }
        cursor.over(citations).array();
        while (cursor.element()) {
            citation(sink);
        }
    }

    private void citation(ChatSink sink) {
        long start = 0;
        long end = 0;
        RawJson ids = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "start" -> start = cursor.longValue();
                case "end" -> end = cursor.longValue();
                case "document_ids" -> ids = cursor.raw();
                default -> {}
            }
        }
        if (ids == null || !ids.isArray()) {
            return;
        }
        nested.over(ids).array();
        while (nested.element()) {
            Document document = documents.get(nested.anyText());
            if (document != null && document.url() != null) {
                sink.accept(new ChatEvent.Cited(0, document.annotation(start, end)));
            }
        }
    }
}
