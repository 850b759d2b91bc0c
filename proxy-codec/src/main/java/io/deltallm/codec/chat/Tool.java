package io.deltallm.codec.chat;

import org.jspecify.annotations.Nullable;

/// What the model may call.
public sealed interface Tool {

    /// A function of the client's.
    ///
    /// @param parameters a JSON Schema object; null where the function takes none
    /// @param strict whether arguments must follow the schema; null where unsaid
    /// @param origin what it is to the client, where that is not simply a function
    record Function(
            String name,
            @Nullable String description,
            @Nullable RawJson parameters,
            @Nullable Boolean strict,
            @Nullable CacheMark cache,
            @Nullable Origin origin)
            implements Tool {

        /// One that is a function to its client too.
        public Function(
                String name,
                @Nullable String description,
                @Nullable RawJson parameters,
                @Nullable Boolean strict,
                @Nullable CacheMark cache) {
            this(name, description, parameters, strict, cache, null);
        }
    }

    /// What a function is in the format of its client, where the client runs tools of other kinds too and wants them called
    /// by items of their own. Only that format looks inside.
    interface Origin {}

    /// A tool that the provider runs (`web_search`, `googleSearch`, `code_execution`), or any other that only one format
    /// knows: carried verbatim to that format, lost elsewhere.
    ///
    /// @param dialect the [Operation]'s label it came in
    record Hosted(String dialect, RawJson definition) implements Tool {}
}
