package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.bedrock.Converse;
import io.deltallm.codec.dialect.bedrock.Llama;
import io.deltallm.codec.dialect.bedrock.TitanText;
import io.deltallm.codec.provider.Provider;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The list of wire formats, and who carries what to whom. Immutable, thread-safe.
public final class Dialects {
    private final Map<Operation, ClientDialect> clients = new EnumMap<>(Operation.class);
    private final Map<Operation, UpstreamDialect> upstreams = new EnumMap<>(Operation.class);
    /// By what the client asks for; the order is the order of preference.
    private final Map<Operation, Map<Operation, Translation>> translations = new EnumMap<>(Operation.class);

    /// All that the product has.
    public Dialects() {
        upstreams.put(Operation.CONVERSE, new Converse());
        upstreams.put(Operation.INVOKE_TITAN_TEXT, new TitanText());
        upstreams.put(Operation.INVOKE_LLAMA, new Llama());
        pairChats();
    }

    private void pairChats() {
        clients.forEach((from, client) -> {
            Map<Operation, Translation> row = row(from);
            upstreams.forEach((to, upstream) -> {
                if (from != to) {
                    row.put(to, new ChatTranslation(client, upstream, to));
                }
            });
        });
    }

    private Map<Operation, Translation> row(Operation from) {
        return translations.computeIfAbsent(from, _ -> new EnumMap<>(Operation.class));
    }

    /// How a provider can serve what a client asks for, where it does not take it as it is; null where nothing carries
    /// one to the other.
    public @Nullable Translation translation(Operation asked, Provider provider) {
        Map<Operation, Translation> row = translations.getOrDefault(asked, Map.of());
        for (Map.Entry<Operation, Translation> entry : row.entrySet()) {
            if (provider.endpoint(entry.getKey()) != null) {
                return entry.getValue();
            }
        }
        return null;
    }

    public @Nullable ClientDialect client(Operation operation) {
        return clients.get(operation);
    }

    public @Nullable UpstreamDialect upstream(Operation operation) {
        return upstreams.get(operation);
    }
}
