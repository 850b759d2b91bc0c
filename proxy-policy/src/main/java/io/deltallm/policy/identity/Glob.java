package io.deltallm.policy.identity;

/// A name pattern in which `*` stands for any run of characters, as in `gpt-4*` or `openai/*`. No regular
/// expression; the time is at most the product of the two lengths, whatever the pattern.
record Glob(String pattern) {

    /// Greedy match with one point of return: the last star seen.
    boolean matches(String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
