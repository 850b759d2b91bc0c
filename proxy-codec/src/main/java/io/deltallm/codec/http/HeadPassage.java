package io.deltallm.codec.http;

/// What of a client's head goes on to a provider, besides what never does (see [HeaderName]).
@SuppressWarnings("ImmutableEnumChecker") // the arrays never leave the class
public enum HeadPassage {
    /// All of it: the body goes on as it came.
    WHOLE(true),
    /// All fields, but no query: it says something to the gateway only.
    WITHOUT_QUERY(false),
    /// The body is written anew in a format of OpenAI's.
    TO_OPENAI(false, "content-", "accept", "anthropic-", "x-goog-", "x-amz", "x-stainless-"),
    /// The body is written anew in Anthropic's format.
    TO_ANTHROPIC(false, "content-", "accept", "openai-", "x-goog-", "x-amz", "x-stainless-"),
    /// The body is written anew in another format.
    TO_OTHERS(false, "content-", "accept", "openai-", "anthropic-", "x-goog-", "x-amz", "x-stainless-");

    private final boolean query;
    private final String[] withheld;

    HeadPassage(boolean query, String... withheld) {
        this.query = query;
        this.withheld = withheld;
    }

    boolean query() {
        return query;
    }

    boolean passes(HttpHead head, int index) {
        int start = head.nameStart(index);
        int length = head.nameEnd(index) - start;
        for (String prefix : withheld) {
            if (length >= prefix.length()
                    && Ascii.equalsIgnoreCase(head.bytes(), start, start + prefix.length(), prefix)) {
                return false;
            }
        }
        return true;
    }
}
