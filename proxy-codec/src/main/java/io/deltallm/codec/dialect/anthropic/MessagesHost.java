package io.deltallm.codec.dialect.anthropic;

import org.jspecify.annotations.Nullable;

/// Where Anthropic's format is spoken: the same bodies, but for their head.
enum MessagesHost {
    /// Anthropic itself, and those who copied its API.
    ANTHROPIC(null),
    /// The model stands in the path.
    VERTEX("vertex-2023-10-16"),
    /// The model and whether to stream stand in the path; beta names stand in the body.
    BEDROCK("bedrock-2023-05-31");

    private final @Nullable String version;

    MessagesHost(@Nullable String version) {
        this.version = version;
    }

    /// `anthropic_version` of the body; null where a header says it.
    @Nullable String version() {
        return version;
    }
}
