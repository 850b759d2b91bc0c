package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the object that a plain reply is and each event of a streamed one has: `id`, `model`, `choices`, `usage`,
/// `error`, in any order. Confined to one attempt.
final class ReplyEnvelope {
    private static final RawJson ERROR = RawJson.ofText("error");
    private static final int EMPTY_LIST = 2;

    private final JsonCursor cursor = new JsonCursor();
    private final UsageReader usage = new UsageReader();
    private final ChoiceFields fields;
    private final List<ChoiceReader> choices = new ArrayList<>(1);

    private boolean started;
    private boolean failed;
    /// Perplexity has them in each event of a stream.
    private boolean found;

    private @Nullable RawJson id;
    private @Nullable RawJson model;
    private @Nullable RawJson answers;
    private @Nullable RawJson error;
    private @Nullable RawJson searchResults;
    /// The same as bare URLs, from who has no results to show or only says so.
    private @Nullable RawJson citedUrls;

    /// @param streamed whether it is read of events of a stream
    ReplyEnvelope(boolean streamed) {
        this.fields = new ChoiceFields(streamed);
    }

    void read(RawJson object, ChatSink sink) {
        id = model = answers = error = searchResults = citedUrls = null;
        Usage stated = members(object, sink);
        // An error alone has not begun to answer: as long as nothing is told, another target may.
        if (error == null || answers != null) {
            start(sink);
        }
        if (answers != null) {
            cursor.over(answers);
            answers(sink);
        }
        if (stated != null) {
            sink.accept(new ChatEvent.Used(stated));
        }
        // OpenRouter reports "Token limit reached" behind an answer that has ended by its limit: nothing failed.
        if (error != null && !ended()) {
            fail(error, sink);
        }
    }

    /// Once the reply has begun, its answers can be told as they are met; before, an id or a model may stand behind them.
    private @Nullable Usage members(RawJson object, ChatSink sink) {
        Usage stated = null;
        cursor.over(object);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "id" -> id = started ? null : AnswerReader.filled(cursor);
                case "model" -> model = started ? null : AnswerReader.filled(cursor);
                case "choices" -> {
                    if (cursor.kind() == JsonKind.ARRAY && started) {
                        answers(sink);
                    } else {
                        answers = cursor.kind() == JsonKind.ARRAY ? cursor.raw() : null;
                    }
                }
                case "usage" -> {
                    Usage here = usage.read(cursor);
                    stated = here == null ? stated : here;
                }
                case "x_groq" -> stated = groq(stated);
                case "error" -> error = cursor.isNull() ? null : cursor.raw();
                case "search_results" -> searchResults = sources();
                case "citations" -> citedUrls = sources();
                case "object" -> error = isError() ? object : error;
                case "base_resp" -> error = BaseResp.read(cursor) == null ? error : object;
                default -> {}
            }
        }
        return stated;
    }

    /// A list with something in it, once.
    private @Nullable RawJson sources() {
        RawJson list = found || cursor.kind() != JsonKind.ARRAY ? null : cursor.raw();
        return list == null || list.length() <= EMPTY_LIST ? null : list;
    }

    /// Older vLLM's errors have their members where an answer has its own: `{"object":"error","message":…}`.
    private boolean isError() {
        return cursor.isString() && cursor.rawString().equals(ERROR);
    }

    private @Nullable Usage groq(@Nullable Usage stated) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return stated;
        }
        Usage found = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("usage")) {
                found = usage.read(cursor);
            }
        }
        return stated == null ? found : stated;
    }

    /// Azure's first event is about its filter, and has neither id nor model nor choices.
    private void start(ChatSink sink) {
        boolean filled = id != null || model != null || (answers != null && answers.length() > EMPTY_LIST);
        if (!started && filled) {
            started = true;
            sink.accept(new ChatEvent.Started(id, model));
        }
    }

    private void answers(ChatSink sink) {
        cursor.array();
        for (int position = 0; cursor.element(); position++) {
            if (cursor.kind() == JsonKind.OBJECT && !failed) {
                answer(position, sink);
            }
        }
    }

    private void answer(int position, ChatSink sink) {
        fields.read(cursor, position);
        ChoiceReader choice = choice(fields.index());
        RawJson sources = searchResults == null ? citedUrls : searchResults;
        if (sources != null) {
            found = true;
            choice.found(sources);
            searchResults = citedUrls = null;
        }
        choice.take(fields, sink);
        RawJson broken = fields.error();
        if (broken != null && !choice.stopped()) {
            fail(broken, sink);
        } else if (choice.brokeOff()) {
            fail(ProviderError.BROKEN_OFF, sink);
        }
    }

    private ChoiceReader choice(int index) {
        for (ChoiceReader choice : choices) {
            if (choice.index() == index) {
                return choice;
            }
        }
        ChoiceReader choice = new ChoiceReader(index);
        choices.add(choice);
        return choice;
    }

    /// Tells a failure, once.
    ///
    /// @param error the error itself, or an object that has it
    void fail(RawJson error, ChatSink sink) {
        fail(ProviderError.read(error), sink);
    }

    private void fail(ProviderError error, ChatSink sink) {
        if (!failed) {
            failed = true;
            sink.accept(new ChatEvent.Failed(ErrorKinds.inReply(error)));
        }
    }

    boolean failed() {
        return failed;
    }

    /// Whether there was an answer, and each was told to its end.
    boolean ended() {
        for (ChoiceReader choice : choices) {
            if (!choice.stopped()) {
                return false;
            }
        }
        return !choices.isEmpty();
    }

    /// The provider says that all is told: whatever answer is open ends here.
    void closeAll(ChatSink sink) {
        for (ChoiceReader choice : choices) {
            choice.close(sink);
        }
    }
}
