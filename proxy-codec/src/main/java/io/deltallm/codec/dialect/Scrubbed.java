package io.deltallm.codec.dialect;

import io.deltallm.codec.error.GatewayError;
import java.util.List;

/// A provider's words without what is the operator's own: keys, organisations, projects, teams, accounts, mail addresses,
/// hosts within a network. Every error of a provider goes through here on its way to a client. Stateless.
public final class Scrubbed {
    private static final List<String> SECRET =
            List.of(
            "sk-", "sk_", "gsk_", "xai-", "pplx-", "csk-", "nvapi-", "hf_", "r8_", "fw_", "tgp_", "AIza", "ya29.", "AKIA", "ASIA",
            "eyJ");
    private static final List<String> ACCOUNT =
            List.of("key-", "ak-", "org-", "org_", "proj-", "proj_", "user-", "user_", "acct_", "team_", "team-");
    /// What names a project of Google's where it stands before a word.
    private static final List<String> PROJECT = List.of("projects/", "project_number:");
    private static final List<String> INNER_HOST = List.of(".internal", ".local", ".lan", ".corp");
    private static final int SHORTEST = 8;
    private static final int UUID_LENGTH = 36;
    /// Digits of an account of AWS.
    private static final int ACCOUNT_LENGTH = 12;
    private static final String GONE = "***";

    private Scrubbed() {}

    public static GatewayError error(GatewayError error) {
        String text = text(error.message());
        return text.equals(error.message())
                ? error
                : new GatewayError(error.code(), text, error.param(), error.retryAfterSeconds(), error.cause());
    }

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
        boolean gone = secret(bare) || isAccount(bare) || isInnerHost(bare) || namesProject(out);
        out.append(gone ? GONE : bare).append(word, bare.length(), word.length());
    }

    private static boolean isAccount(String word) {
        return word.length() == ACCOUNT_LENGTH && word.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static boolean isInnerHost(String word) {
        return INNER_HOST.stream().anyMatch(word::endsWith) || isAddress(word);
    }

    /// Four numbers between dots.
    private static boolean isAddress(String word) {
        int dots = 0;
        int digits = 0;
        for (int i = 0; i < word.length(); i++) {
            char character = word.charAt(i);
            if (character == '.' && digits > 0) {
                dots++;
                digits = 0;
            } else if (character < '0' || character > '9' || ++digits > 3) {
                return false;
            }
        }
        return dots == 3 && digits > 0;
    }

    private static boolean namesProject(StringBuilder before) {
        for (String name : PROJECT) {
            if (before.length() >= name.length() && before.indexOf(name, before.length() - name.length()) >= 0) {
                return true;
            }
        }
        return false;
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
