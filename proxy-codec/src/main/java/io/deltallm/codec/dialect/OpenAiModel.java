package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Reasoning;
import org.jspecify.annotations.Nullable;

/// What a model of OpenAI's takes, by its name.
public final class OpenAiModel {

    private OpenAiModel() {}

    /// Whether it can think: then its limit of tokens has another name, and it takes an effort.
    public static boolean canThink(String model) {
        String name = name(model);
        return name.startsWith("gpt-5") || isO(name, '1') || isO(name, '3') || isO(name, '4');
    }

    /// Whether it thinks in this request: then it refuses to be told how to pick tokens. Some only do where they are asked
    /// to.
    public static boolean thinks(String model, @Nullable Reasoning wanted) {
        if (!canThink(model)) {
            return false;
        }
        String name = name(model);
        String effort = wanted == null ? null : wanted.effortOrFromBudget();
        boolean onlyIfAsked = name.startsWith("gpt-5.") || name.startsWith("gpt-5-chat");
        return !onlyIfAsked || (effort != null && !effort.equals("none"));
    }

    private static String name(String model) {
        return model.substring(model.lastIndexOf('/') + 1);
    }

    /// `o3`, `o3-mini`, `o3.5`, not `o3x`.
    private static boolean isO(String name, char generation) {
        return name.length() >= 2
                && name.charAt(0) == 'o'
                && name.charAt(1) == generation
                && (name.length() == 2 || !Character.isLetterOrDigit(name.charAt(2)));
    }
}
