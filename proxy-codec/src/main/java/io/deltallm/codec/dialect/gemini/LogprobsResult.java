package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Google's `logprobsResult`, into OpenAI's form and back. Stateless.
final class LogprobsResult {
    private static final RawJson EMPTY = RawJson.EMPTY_STRING;

    private LogprobsResult() {}

    private record Token(RawJson token, double logprob) {}

    /// OpenAI's `{"content":[…]}`; null where no token is told.
    static @Nullable RawJson read(RawJson result) {
        List<Token> chosen = new ArrayList<>();
        List<List<Token>> top = new ArrayList<>();
        JsonCursor cursor = new JsonCursor().over(result);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "chosenCandidates" -> tokens(cursor, chosen);
                case "topCandidates" -> top(cursor, top);
                default -> {}
            }
        }
        return chosen.isEmpty() ? null : openAi(chosen, top);
    }

    private static void tokens(JsonCursor cursor, List<Token> into) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.array();
        while (cursor.element()) {
            RawJson token = EMPTY;
            double logprob = 0;
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "token" -> token = cursor.rawString();
                    case "logProbability" -> logprob = number(cursor);
                    default -> {}
                }
            }
            into.add(new Token(token, logprob));
        }
    }

    private static double number(JsonCursor cursor) {
        return cursor.kind() == JsonKind.NUMBER ? cursor.doubleValue() : -9999;
    }

    private static void top(JsonCursor cursor, List<List<Token>> into) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.array();
        while (cursor.element()) {
            List<Token> candidates = new ArrayList<>();
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals("candidates")) {
                    tokens(cursor, candidates);
                }
            }
            into.add(candidates);
        }
    }

    private static RawJson openAi(List<Token> chosen, List<List<Token>> top) {
        JsonOutput out = new JsonOutput().beginObject().name("content").beginArray();
        for (int i = 0; i < chosen.size(); i++) {
            out.beginObject();
            openAi(chosen.get(i), out);
            out.name("top_logprobs").beginArray();
            for (Token token : i < top.size() ? top.get(i) : List.<Token>of()) {
                out.beginObject();
                openAi(token, out);
                out.endObject();
            }
            out.endArray().endObject();
        }
        return out.endArray().endObject().toRaw();
    }

    private static void openAi(Token token, JsonOutput out) {
        out.member("token", token.token()).member("logprob", token.logprob()).name("bytes").beginArray();
        for (byte value : token.token().text().getBytes(StandardCharsets.UTF_8)) {
            out.value(value & 0xff);
        }
        out.endArray();
    }

    /// Writes all that was told in OpenAI's form.
    static void write(List<RawJson> logprobs, JsonOutput out) {
        JsonOutput chosen = new JsonOutput().beginArray();
        JsonOutput top = new JsonOutput().beginArray();
        for (RawJson piece : logprobs) {
            JsonCursor cursor = new JsonCursor().over(piece);
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals("content") && cursor.kind() == JsonKind.ARRAY) {
                    content(cursor, chosen, top);
                }
            }
        }
        out.beginObject().member("topCandidates", top.endArray().toRaw());
        out.member("chosenCandidates", chosen.endArray().toRaw()).endObject();
    }

    private static void content(JsonCursor cursor, JsonOutput chosen, JsonOutput top) {
        cursor.array();
        while (cursor.element()) {
            JsonOutput candidates = new JsonOutput().beginArray();
            token(cursor, chosen, candidates);
            top.beginObject().member("candidates", candidates.endArray().toRaw()).endObject();
        }
    }

    private static void token(JsonCursor cursor, JsonOutput out, @Nullable JsonOutput top) {
        out.beginObject();
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "token" -> out.member("token", cursor.rawString());
                case "logprob" -> out.member("logProbability", cursor.raw());
                case "top_logprobs" -> {
                    if (top != null && cursor.kind() == JsonKind.ARRAY) {
                        cursor.array();
                        while (cursor.element()) {
                            token(cursor, top, null);
                        }
                    }
                }
                default -> {}
            }
        }
        out.endObject();
    }
}
