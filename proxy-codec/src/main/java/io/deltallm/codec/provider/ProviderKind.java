package io.deltallm.codec.provider;

/// The kinds of places there are, by what they take and where. [Endpoints] has a set for each.
public enum ProviderKind {
    /// What OpenAI offers, below `…/v1`: what most providers imitate.
    OPENAI,
    /// Azure OpenAI: the deployment stands in the path, the API's version in the query.
    AZURE,
    /// Azure's newer surface, below `…/openai/v1`: OpenAI's paths, the deployment is the model.
    AZURE_V1,
    /// Azure AI Foundry, models other than OpenAI's.
    AZURE_AI,
    /// Azure AI Foundry, Anthropic's models.
    AZURE_ANTHROPIC,
    ANTHROPIC,
    GEMINI,
    /// Imagen behind the Gemini API.
    GEMINI_IMAGE,
    VERTEX_AI,
    VERTEX_EMBED,
    VERTEX_IMAGE,
    VERTEX_ANTHROPIC,
    /// Mistral's models on Vertex.
    VERTEX_MISTRAL,
    /// Open models on Vertex, in OpenAI's format: `publisher/model`.
    VERTEX_OPENAPI,
    /// Bedrock's own format for all of its chat models.
    BEDROCK,
    BEDROCK_INVOKE_ANTHROPIC,
    BEDROCK_TITAN_TEXT,
    BEDROCK_LLAMA,
    /// Bedrock's endpoint in OpenAI's format.
    BEDROCK_OPENAI,
    BEDROCK_TITAN_EMBED,
    BEDROCK_COHERE_EMBED,
    BEDROCK_NOVA_EMBED,
    /// Cohere's and Amazon's rankings on Bedrock.
    BEDROCK_RERANK,
    BEDROCK_TITAN_IMAGE,
    SAGEMAKER,
    SAGEMAKER_CHAT,
    COHERE,
    /// Cohere's first API.
    COHERE_V1,
    OLLAMA_NATIVE,
    HUGGINGFACE,
    HUGGINGFACE_TGI,
    REPLICATE,
    WATSONX,
    STABILITY,
    VOYAGE,
    JINA,
    ALEPH_ALPHA
}
