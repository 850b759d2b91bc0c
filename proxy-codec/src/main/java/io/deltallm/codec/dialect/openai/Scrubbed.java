package io.deltallm.codec.dialect.openai;

import java.util.List;

/// A provider's words without what is the operator's own: keys, organisations, projects, teams, mail addresses. Stateless.
final class Scrubbed {
    private static final List<String> SECRET =
            List.of("sk-", "sk_", "gsk_", "xai-", "pplx-", "csk-", "nvapi-", "hf_", "AIza", "eyJ");
    private static final List<String> ACCOUNT =
            List.of("key-", "org-", "org_", "proj-", "proj_", "user-", "user_", "acct_", "team_", "team-");
    private static final int SHORTEST = 8;
    private static final int UUID_LENGTH = 36;
    private static final String GONE = "***";

    private Scrubbed() {}

    static String text(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && ofWord(text.charAt(end))) {
                end++;
            }
            if (end == at) {
                out.append(text.charAt(at++));
            } else {
                word(text.substring(at, end), out);
                at = end;
            }
        }
        return out.toString();
    }

    private static boolean ofWord(char character) {
        return Character.isLetterOrDigit(character) || "-_*.@".indexOf(character) >= 0;
    }

    private static void word(String word, StringBuilder out) {
        String bare = word;
        while (bare.endsWith(".")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        out.append(secret(bare) ? GONE : bare).append(word, bare.length(), word.length());
    }

    private static boolean secret(String word) {
        if (word.contains(GONE) || isUuid(word) || isMail(word)) {
            return true;
        }
        if (word.length() < SHORTEST) {
            return false;
        }
        for (String prefix : SECRET) {
            if (word.startsWith(prefix)) {
                return true;
            }
        }
        // "user-provided" is a word, "user-4f2a" is an account.
        for (String prefix : ACCOUNT) {
            if (word.startsWith(prefix) && word.chars().anyMatch(Character::isDigit)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMail(String word) {
        int sign = word.indexOf('@');
        return sign > 0 && word.indexOf('.', sign) > 0;
    }

    private static boolean isUuid(String word) {
        if (word.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            char character = word.charAt(i);
            if (dash ? character != '-' : Character.digit(character, 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
