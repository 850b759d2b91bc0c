package io.deltallm.codec.chat;

/// An endpoint's wire format: what a client may ask for, and what a provider may be asked for. One row each. Where both
/// sides have the same one, bytes are relayed; else a request and its reply are translated.
public enum Operation {
    // OpenAI: the path is relative to the base URL, on both sides.
    CHAT_COMPLETIONS("/chat/completions", Body.JSON),
    COMPLETIONS("/completions", Body.JSON),
    EMBEDDINGS("/embeddings", Body.JSON),
    IMAGES_GENERATIONS("/images/generations", Body.JSON),
    IMAGES_EDITS("/images/edits", Body.MULTIPART),
    AUDIO_SPEECH("/audio/speech", Body.JSON),
    AUDIO_TRANSCRIPTIONS("/audio/transcriptions", Body.MULTIPART),
    AUDIO_TRANSLATIONS("/audio/translations", Body.MULTIPART),
    MODERATIONS("/moderations", Body.JSON),
    RERANK("/rerank", Body.JSON),
    RESPONSES("/responses", Body.JSON),

    // Anthropic: https://docs.anthropic.com/en/api/messages
    MESSAGES("/messages", Body.JSON),
    MESSAGES_COUNT_TOKENS("/messages/count_tokens", Body.JSON),

    // Google: https://ai.google.dev/api/generate-content; model and action stand in the path.
    GENERATE_CONTENT("generateContent", Sides.MODEL_IN_PATH),
    GEMINI_COUNT_TOKENS("countTokens", Sides.MODEL_IN_PATH),
    EMBED_CONTENT("embedContent", Sides.MODEL_IN_PATH),
    BATCH_EMBED_CONTENTS("batchEmbedContents", Sides.MODEL_IN_PATH),

    // Formats of providers only.
    VERTEX_GENERATE_CONTENT("vertex/generateContent", Sides.PROVIDER),
    VERTEX_MESSAGES("vertex/messages", Sides.PROVIDER),
    BEDROCK_MESSAGES("bedrock/invoke/messages", Sides.PROVIDER),
    CONVERSE("bedrock/converse", Sides.PROVIDER),
    INVOKE_TITAN_TEXT("bedrock/invoke/titan-text", Sides.PROVIDER),
    INVOKE_LLAMA("bedrock/invoke/llama", Sides.PROVIDER),
    INVOKE_TITAN_EMBED("bedrock/invoke/titan-embed", Sides.PROVIDER),
    INVOKE_COHERE_EMBED("bedrock/invoke/cohere-embed", Sides.PROVIDER),
    INVOKE_NOVA_EMBED("bedrock/invoke/nova-embed", Sides.PROVIDER),
    INVOKE_RERANK("bedrock/invoke/rerank", Sides.PROVIDER),
    INVOKE_TITAN_IMAGE("bedrock/invoke/titan-image", Sides.PROVIDER),
    VERTEX_EMBED("vertex/predict-embed", Sides.PROVIDER),
    VERTEX_IMAGE("vertex/predict-image", Sides.PROVIDER),
    COHERE_CHAT("cohere/v2/chat", Sides.PROVIDER),
    COHERE_CHAT_V1("cohere/v1/chat", Sides.PROVIDER),
    COHERE_EMBED("cohere/v2/embed", Sides.PROVIDER),
    COHERE_RERANK("cohere/v2/rerank", Sides.PROVIDER),
    VOYAGE_EMBED("voyage/embeddings", Sides.PROVIDER),
    JINA_EMBED("jina/embeddings", Sides.PROVIDER),
    VOYAGE_RERANK("voyage/rerank", Sides.PROVIDER),
    OLLAMA_CHAT("ollama/chat", Sides.PROVIDER),
    OLLAMA_EMBED("ollama/embed", Sides.PROVIDER),
    TGI_GENERATE("tgi/generate", Sides.PROVIDER),
    HF_EMBED("huggingface/feature-extraction", Sides.PROVIDER),
    REPLICATE_PREDICTION("replicate/predictions", Sides.PROVIDER),
    WATSONX_CHAT("watsonx/chat", Sides.PROVIDER),
    WATSONX_EMBED("watsonx/embeddings", Sides.PROVIDER),
    ALEPH_ALPHA_COMPLETE("aleph_alpha/complete", Sides.PROVIDER),
    STABILITY_IMAGE("stability/image", Sides.PROVIDER);

    /// The usual form of the request's body. Its `Content-Type` decides in the end: images/edits also takes JSON.
    public enum Body {
        JSON,
        MULTIPART
    }

    private enum Sides {
        /// Both, at the same path.
        PATH,
        /// Both; the path holds the model.
        MODEL_IN_PATH,
        PROVIDER
    }

    private final String path;
    private final String label;
    private final Body body;
    private final Sides sides;

    Operation(String path, Body body) {
        this.path = path;
        this.label = path.substring(1);
        this.body = body;
        this.sides = Sides.PATH;
    }

    Operation(String label, Sides sides) {
        this.path = "";
        this.label = label;
        this.body = Body.JSON;
        this.sides = sides;
    }

    /// The path below the base URL, with its leading slash; empty where the model stands in the path, or where clients
    /// cannot ask for it.
    public String path() {
        return path;
    }

    /// Whether clients ask for it at a path of its own, with and without `/v1`.
    public boolean hasPath() {
        return sides == Sides.PATH;
    }

    /// Whether it is asked for at `/v1beta/models/{model}:{label}`.
    public boolean modelInPath() {
        return sides == Sides.MODEL_IN_PATH;
    }

    /// Whether only providers are asked for it.
    public boolean ofProvidersOnly() {
        return sides == Sides.PROVIDER;
    }

    public String method() {
        return "POST";
    }

    public Body body() {
        return body;
    }

    /// The metric and log label, and the format's name: `chat/completions`.
    public String label() {
        return label;
    }
}
