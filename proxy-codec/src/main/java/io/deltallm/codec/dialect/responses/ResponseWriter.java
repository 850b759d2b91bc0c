package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.dialect.responses.EventLadder.Step;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Writes a reply to a client: the whole response, or the ladder of events whose last one holds it. Confined to one
/// exchange.
final class ResponseWriter implements ReplyWriter {
    private static final String PREFIX = "resp_";

    private final ClientCall call;
    private final Settings settings;
    private final EventLadder events = new EventLadder();
    private final ReplyItems items;

    private RawJson id;
    private RawJson model;
    private boolean begun;
    private @Nullable Usage usage;
    private @Nullable FinishReason reason;

    ResponseWriter(ClientCall call, Settings settings) {
        this.call = call;
        this.settings = settings;
        this.items = new ReplyItems(call.streamed() ? events : Ladder.SILENT, call.id(), settings.forms());
        this.id = RawJson.ofText(PREFIX + call.id());
        this.model = RawJson.ofText(call.model());
    }

    @Override
    public void write(ChatEvent event, JsonOutput out) {
        if (event instanceof ChatEvent.Started started && !begun) {
            name(started);
        }
        begin(out);
        switch (event) {
            case ChatEvent.Used(Usage stated) -> usage = stated;
            case ChatEvent.Stopped(int choice, FinishReason stated, _) when choice == 0 -> {
                reason = reason == null ? stated : reason;
                items.closeAll(Ending.of(reason).itemStatus(), out);
            }
            default -> items.accept(event, out);
        }
    }

    private void name(ChatEvent.Started started) {
        RawJson theirs = started.id();
        if (theirs != null && theirs.text().startsWith(PREFIX)) {
            id = theirs.copy();
        }
        RawJson answering = started.model();
        if (answering != null && !answering.isEmptyString()) {
            model = answering.copy();
        }
    }

    private void begin(JsonOutput out) {
        if (begun) {
            return;
        }
        begun = true;
        if (call.streamed()) {
            event(Step.CREATED, null, out);
            event(Step.IN_PROGRESS, null, out);
        }
    }

    private void event(Step step, @Nullable Ending ending, JsonOutput out) {
        events.begin(step, out).name("response");
        response(ending, out);
        events.end(out);
    }

    @Override
    public void end(JsonOutput out) {
        begin(out);
        Ending ending = Ending.of(reason);
        items.closeAll(ending.itemStatus(), out);
        if (call.streamed()) {
            event(ending.step(), ending, out);
        } else {
            response(ending, out);
        }
    }

    /// @param ending null while it goes on
    private void response(@Nullable Ending ending, JsonOutput out) {
        out.beginObject().member("id", id).member("object", "response");
        out.member("created_at", call.createdEpochSeconds());
        out.member("status", ending == null ? "in_progress" : ending.status());
        if (ending == Ending.COMPLETED) {
            out.member("completed_at", call.createdEpochSeconds());
        } else {
            out.name("completed_at").nullValue();
        }
        error(ending, out);
        incompleteDetails(ending, out);
        out.member("model", model).name("output");
        if (ending == null) {
            out.beginArray().endArray();
        } else {
            items.write(out);
        }
        settings.write(out);
        out.name("usage");
        usage(ending == null ? null : usage, out);
        out.endObject();
    }

    private static void error(@Nullable Ending ending, JsonOutput out) {
        out.name("error");
        if (ending == Ending.FAILED) {
            out.beginObject().member("code", "server_error");
            out.member("message", "The provider failed in the middle of its reply").endObject();
        } else {
            out.nullValue();
        }
    }

    private static void incompleteDetails(@Nullable Ending ending, JsonOutput out) {
        out.name("incomplete_details");
        String why = ending == null ? null : ending.incompleteReason();
        if (why == null) {
            out.nullValue();
        } else {
            out.beginObject().member("reason", why).endObject();
        }
    }

    private static void usage(@Nullable Usage usage, JsonOutput out) {
        if (usage == null) {
            out.nullValue();
            return;
        }
        out.beginObject().member("input_tokens", usage.promptTokens());
        out.name("input_tokens_details").beginObject().member("cached_tokens", usage.cachedTokens());
        out.member("cache_write_tokens", usage.cacheWriteTokens()).endObject();
        out.member("output_tokens", usage.completionTokens());
        out.name("output_tokens_details").beginObject().member("reasoning_tokens", usage.reasoningTokens()).endObject();
        out.member("total_tokens", usage.totalTokens()).endObject();
    }
}
