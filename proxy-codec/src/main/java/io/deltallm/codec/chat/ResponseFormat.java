package io.deltallm.codec.chat;

import org.jspecify.annotations.Nullable;

/// The form that the answer's text must have.
public sealed interface ResponseFormat {

    record PlainText() implements ResponseFormat {}

    /// Some JSON object.
    record JsonObject() implements ResponseFormat {}

    /// JSON that follows a schema.
    record JsonSchema(String name, @Nullable String description, RawJson schema, @Nullable Boolean strict)
            implements ResponseFormat {}
}
