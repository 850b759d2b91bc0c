package io.deltallm.codec.chat;

/// What a data-plane route asks for. One row an OpenAI endpoint; `path` is relative to the base URL, on both sides.
public enum Operation {
    CHAT_COMPLETIONS("/chat/completions", "POST", Body.JSON),
    COMPLETIONS("/completions", "POST", Body.JSON),
    EMBEDDINGS("/embeddings", "POST", Body.JSON),
    IMAGES_GENERATIONS("/images/generations", "POST", Body.JSON),
    IMAGES_EDITS("/images/edits", "POST", Body.MULTIPART),
    AUDIO_SPEECH("/audio/speech", "POST", Body.JSON),
    AUDIO_TRANSCRIPTIONS("/audio/transcriptions", "POST", Body.MULTIPART),
    AUDIO_TRANSLATIONS("/audio/translations", "POST", Body.MULTIPART),
    MODERATIONS("/moderations", "POST", Body.JSON),
    RERANK("/rerank", "POST", Body.JSON),
    RESPONSES("/responses", "POST", Body.JSON);

    /// The usual form of the request's body. Its `Content-Type` decides in the end: images/edits also takes JSON.
    public enum Body {
        JSON,
        MULTIPART
    }

    private final String path;
    private final String label;
    private final String method;
    private final Body body;

    Operation(String path, String method, Body body) {
        this.path = path;
        this.label = path.substring(1);
        this.method = method;
        this.body = body;
    }

    /// The path below the base URL, with its leading slash.
    public String path() {
        return path;
    }

    public String method() {
        return method;
    }

    public Body body() {
        return body;
    }

    /// The metric and log label: the path without its leading slash.
    public String label() {
        return label;
    }
}
