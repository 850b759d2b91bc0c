package io.deltallm.codec.provider;

import io.deltallm.codec.chat.Operation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// The usual sets of endpoints, by the name that the provider table gives them.
public final class Endpoints {
    private static final Map<Operation, Endpoint> OPENAI = openAiRows();

    private Endpoints() {}

    /// What OpenAI offers, at OpenAI's paths: what most providers imitate.
    public static Map<Operation, Endpoint> openAi() {
        return OPENAI;
    }

    private static Map<Operation, Endpoint> openAiRows() {
        Map<Operation, Endpoint> rows = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            if (operation.hasPath() && operation.compareTo(Operation.RESPONSES) <= 0) {
                rows.put(operation, Endpoint.at(operation.path()));
            }
        }
        return Collections.unmodifiableMap(rows);
    }
}
