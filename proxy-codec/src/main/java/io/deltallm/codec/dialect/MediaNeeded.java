package io.deltallm.codec.dialect;

import java.util.List;

/// A request refers to media that its provider cannot fetch: whoever began the translation fetches them and begins again.
/// Thrown without a stack trace.
public final class MediaNeeded extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> urls;

    public MediaNeeded(List<String> urls) {
        super("media needed", null, false, false);
        this.urls = List.copyOf(urls);
    }

    /// Each once, in the order of the request.
    public List<String> urls() {
        return urls;
    }
}
