package io.deltallm.codec.dialect;

import org.jspecify.annotations.Nullable;

/// Who asks, at providers of OpenAI's formats: OpenAI refuses a `user` of more than 64 characters, others one of more than
/// 128. Clients of Anthropic's format say more: Claude Code sends a JSON object.
public final class EndUser {
    private static final int LONGEST = 64;

    private EndUser() {}

    /// Its beginning, where it is too long: still the same for the same user.
    public static @Nullable String shortened(@Nullable String user) {
        if (user == null || user.length() <= LONGEST) {
            return user;
        }
        boolean halfCharacter = Character.isHighSurrogate(user.charAt(LONGEST - 1));
        return user.substring(0, halfCharacter ? LONGEST - 1 : LONGEST);
    }
}
