package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Google's `usageMetadata`, both ways: it counts thoughts beside the answer, and prompts of tools beside the prompt.
/// Confined to one reply.
final class UsageMetadata {
    private static final RawJson AUDIO = RawJson.ofText("AUDIO");
    private static final RawJson AUDIO_NUMBER = RawJson.ofLiteral("4");

    private static final int PROMPT = 0;
    private static final int TOOL_PROMPT = 1;
    private static final int ANSWER = 2;
    private static final int THOUGHTS = 3;
    private static final int TOTAL = 4;
    private static final int CACHED = 5;
    private static final int PROMPT_AUDIO = 6;
    private static final int ANSWER_AUDIO = 7;

    private final long[] counts = new long[8];

    /// Null where it states no count.
    @Nullable Usage read(JsonCursor cursor) {
        Arrays.fill(counts, 0);
        boolean stated = false;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            int field = field(name);
            if (field >= 0) {
                boolean given = !cursor.isNull();
                counts[field] = cursor.count();
                stated |= given;
            } else if (name.equals("promptTokensDetails")) {
                counts[PROMPT_AUDIO] = audio(cursor);
            } else if (name.equals("candidatesTokensDetails")) {
                counts[ANSWER_AUDIO] = audio(cursor);
            }
        }
        return stated ? usage() : null;
    }

    private static int field(String name) {
        return switch (name) {
            case "promptTokenCount" -> PROMPT;
            case "toolUsePromptTokenCount" -> TOOL_PROMPT;
            case "candidatesTokenCount" -> ANSWER;
            case "thoughtsTokenCount" -> THOUGHTS;
            case "totalTokenCount" -> TOTAL;
            case "cachedContentTokenCount" -> CACHED;
            default -> -1;
        };
    }

    private Usage usage() {
        long prompt = counts[PROMPT] + counts[TOOL_PROMPT];
        long completion = counts[ANSWER] + counts[THOUGHTS];
        long total = counts[TOTAL] > 0 ? counts[TOTAL] : prompt + completion;
        return new Usage(
                prompt, completion, total, counts[CACHED], 0, counts[THOUGHTS], counts[PROMPT_AUDIO],
                counts[ANSWER_AUDIO], false);
    }

    /// The tokens of sound in a list of `{"modality":"AUDIO","tokenCount":139}`.
    private static long audio(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.ARRAY) {
            return 0;
        }
        long audio = 0;
        cursor.array();
        while (cursor.element()) {
            boolean sound = false;
            long count = 0;
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "modality" -> sound = isAudio(cursor.raw());
                    case "tokenCount" -> count = cursor.count();
                    default -> {}
                }
            }
            audio += sound ? count : 0;
        }
        return audio;
    }

    private static boolean isAudio(RawJson modality) {
        return modality.equals(AUDIO) || modality.equals(AUDIO_NUMBER);
    }

    static void write(Usage usage, JsonOutput out) {
        // Some who resell others' models count more thoughts than the whole completion has.
        long thoughts = Math.min(usage.completionTokens(), usage.reasoningTokens());
        long answer = usage.completionTokens() - thoughts;
        out.beginObject();
        out.member("promptTokenCount", usage.promptTokens());
        out.member("candidatesTokenCount", answer);
        out.member("totalTokenCount", usage.totalTokens());
        if (usage.cachedTokens() > 0) {
            out.member("cachedContentTokenCount", usage.cachedTokens());
        }
        if (thoughts > 0) {
            out.member("thoughtsTokenCount", thoughts);
        }
        details("promptTokensDetails", usage.promptTokens(), usage.promptAudioTokens(), out);
        details("candidatesTokensDetails", answer, usage.completionAudioTokens(), out);
        out.endObject();
    }

    private static void details(String name, long all, long audio, JsonOutput out) {
        if (audio <= 0) {
            return;
        }
        out.name(name).beginArray();
        if (all > audio) {
            out.beginObject().member("modality", "TEXT").member("tokenCount", all - audio).endObject();
        }
        out.beginObject().member("modality", "AUDIO").member("tokenCount", audio).endObject().endArray();
    }
}
