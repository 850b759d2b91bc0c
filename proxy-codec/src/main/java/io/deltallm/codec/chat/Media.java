package io.deltallm.codec.chat;

import org.jspecify.annotations.Nullable;

/// Where the bytes of an image, a sound, a film or a document are.
public sealed interface Media {

    /// In the request itself.
    ///
    /// @param mediaType `image/png`; in lower case, without parameters
    /// @param base64 the bytes in standard base64, without a prefix or line breaks
    record Inline(String mediaType, String base64) implements Media {
        /// As a `data:` URL (RFC 2397).
        public String dataUrl() {
            return "data:" + mediaType + ";base64," + base64;
        }

        @Override
        public String toString() {
            return "Inline[" + mediaType + ", " + base64.length() + " characters]";
        }
    }

    /// Elsewhere; whoever serves the request fetches it.
    ///
    /// @param mediaType as stated by the client; null where it says nothing
    record Remote(String url, @Nullable String mediaType) implements Media {}

    /// Uploaded before.
    record Uploaded(String fileId) implements Media {}

    /// Plain text, where a document is given as such.
    record PlainText(String text) implements Media {}

    /// A client's URL: a `data:` URL becomes [Inline] (RFC 2397: parameters, any case and URL-safe alphabet are accepted).
    static Media ofUrl(String url) {
        return DataUrl.isDataUrl(url) ? DataUrl.read(url) : new Remote(url, null);
    }
}
