package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.alephalpha.AlephAlphaComplete;
import io.deltallm.codec.dialect.anthropic.HostedMessages;
import io.deltallm.codec.dialect.anthropic.Messages;
import io.deltallm.codec.dialect.bedrock.Converse;
import io.deltallm.codec.dialect.bedrock.Llama;
import io.deltallm.codec.dialect.bedrock.TitanText;
import io.deltallm.codec.dialect.cohere.CohereChat;
import io.deltallm.codec.dialect.cohere.CohereChatV1;
import io.deltallm.codec.dialect.embedding.Embeddings;
import io.deltallm.codec.dialect.gemini.GenerateContent;
import io.deltallm.codec.dialect.image.Images;
import io.deltallm.codec.dialect.ollama.OllamaChat;
import io.deltallm.codec.dialect.openai.ChatCompletions;
import io.deltallm.codec.dialect.openai.TextCompletions;
import io.deltallm.codec.dialect.replicate.ReplicatePrediction;
import io.deltallm.codec.dialect.rerank.Reranks;
import io.deltallm.codec.dialect.responses.Responses;
import io.deltallm.codec.dialect.tgi.TgiGenerate;
import io.deltallm.codec.dialect.watsonx.WatsonxChat;
import io.deltallm.codec.frame.AwsChunkCutter;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Quirk;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The list of wire formats, and who carries what to whom. Immutable, thread-safe.
public final class Dialects {
    private final Map<Operation, ClientDialect> clients = new EnumMap<>(Operation.class);
    /// For clients that take a stream as one JSON array.
    private final Map<Operation, ClientDialect> arrayClients = new EnumMap<>(Operation.class);
    private final Map<Operation, UpstreamDialect> upstreams = new EnumMap<>(Operation.class);
    /// By what the client asks for; the order is the order of preference.
    private final Map<Operation, Map<Operation, Translation>> translations = new EnumMap<>(Operation.class);
    private final Map<Operation, Map<Operation, Translation>> arrayTranslations = new EnumMap<>(Operation.class);

    /// All that the product has.
    public Dialects() {
        speakBothWays();
        speakToProviders();
        pairChats();
        carry(Operation.VERTEX_MESSAGES, Messages.vertex());
        carry(Operation.BEDROCK_MESSAGES, Messages.bedrock(AwsChunkCutter::new));
        Embeddings embeddings = new Embeddings();
        embeddings.asked().forEach(asked -> put(asked, embeddings.from(asked)));
        put(Operation.RERANK, Reranks.all());
        put(Operation.IMAGES_GENERATIONS, Images.all());
    }

    private void speakBothWays() {
        both(Operation.CHAT_COMPLETIONS, new ChatCompletions());
        both(Operation.MESSAGES, new Messages());
        both(Operation.GENERATE_CONTENT, new GenerateContent());
        both(Operation.RESPONSES, new Responses());
        clients.put(Operation.COMPLETIONS, new TextCompletions());
        arrayClients.put(Operation.GENERATE_CONTENT, GenerateContent.arrayStream());
    }

    private <T extends ClientDialect & UpstreamDialect> void both(Operation operation, T dialect) {
        clients.put(operation, dialect);
        upstreams.put(operation, dialect);
    }

    private void speakToProviders() {
        upstreams.put(Operation.VERTEX_GENERATE_CONTENT, GenerateContent.vertex());
        upstreams.put(Operation.VERTEX_MESSAGES, Messages.vertex());
        upstreams.put(Operation.BEDROCK_MESSAGES, Messages.bedrock(AwsChunkCutter::new));
        upstreams.put(Operation.CONVERSE, new Converse());
        upstreams.put(Operation.INVOKE_TITAN_TEXT, new TitanText());
        upstreams.put(Operation.INVOKE_LLAMA, new Llama());
        upstreams.put(Operation.COHERE_CHAT, new CohereChat());
        upstreams.put(Operation.COHERE_CHAT_V1, new CohereChatV1());
        upstreams.put(Operation.OLLAMA_CHAT, new OllamaChat());
        upstreams.put(Operation.TGI_GENERATE, new TgiGenerate());
        upstreams.put(Operation.REPLICATE_PREDICTION, new ReplicatePrediction());
        upstreams.put(Operation.WATSONX_CHAT, new WatsonxChat());
        upstreams.put(Operation.ALEPH_ALPHA_COMPLETE, new AlephAlphaComplete());
    }

    private void put(Operation asked, List<Translation> all) {
        Map<Operation, Translation> row = translations.computeIfAbsent(asked, _ -> new EnumMap<>(Operation.class));
        all.forEach(translation -> row.put(translation.to(), translation));
    }

    private void pairChats() {
        pair(clients, translations);
        pair(arrayClients, arrayTranslations);
    }

    private void pair(
            Map<Operation, ClientDialect> from, Map<Operation, Map<Operation, Translation>> pairs) {
        from.forEach((asked, client) -> {
            Map<Operation, Translation> row = pairs.computeIfAbsent(asked, _ -> new EnumMap<>(Operation.class));
            upstreams.forEach((to, upstream) -> {
                if (asked != to) {
                    row.put(to, new ChatTranslation(client, upstream, to));
                }
            });
        });
    }

    /// The same format at another host does better without the hub.
    private void carry(Operation to, Messages host) {
        translations.computeIfAbsent(Operation.MESSAGES, _ -> new EnumMap<>(Operation.class))
                .computeIfPresent(to, (_, hub) -> new HostedMessages(host, to, hub));
    }

    /// From one format to another; null where nothing carries.
    @Nullable Translation between(Operation asked, Operation to) {
        return translations.getOrDefault(asked, Map.of()).get(to);
    }

    /// How a provider can serve what a client asks for, where it does not take it as it is; null where nothing carries
    /// one to the other.
    public @Nullable Translation translation(Operation asked, Provider provider) {
        return translation(asked, false, provider);
    }

    /// The same.
    ///
    /// @param arrays whether the client takes a stream as one JSON array
    public @Nullable Translation translation(Operation asked, boolean arrays, Provider provider) {
        Map<Operation, Translation> row = (arrays ? arrayTranslations : translations).getOrDefault(asked, Map.of());
        Translation found = null;
        if (provider.quirks().contains(Quirk.TOOLS_BY_RESPONSES) && provider.endpoint(Operation.RESPONSES) != null) {
            found = row.get(Operation.RESPONSES);
        }
        for (Map.Entry<Operation, Translation> entry : row.entrySet()) {
            if (provider.endpoint(entry.getKey()) != null) {
                // Who has a format of its own means it where others are only imitated.
                if (entry.getKey().ofProvidersOnly()) {
                    return entry.getValue();
                }
                found = found == null ? entry.getValue() : found;
            }
        }
        return found;
    }

    public @Nullable ClientDialect client(Operation operation) {
        return clients.get(operation);
    }

    /// Null where a client cannot take an operation's stream so.
    public @Nullable ClientDialect arrayClient(Operation operation) {
        return arrayClients.get(operation);
    }

    public @Nullable UpstreamDialect upstream(Operation operation) {
        return upstreams.get(operation);
    }
}
