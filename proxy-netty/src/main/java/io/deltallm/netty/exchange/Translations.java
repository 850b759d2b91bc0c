package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.Dialects;
import io.deltallm.codec.dialect.ErrorWriter;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.provider.Provider;
import org.jspecify.annotations.Nullable;

/// What the phases need of wire formats. Thread-safe.
public interface Translations {

    /// How a provider can serve what a client asks for, where it does not take it as it is; null if in no way.
    ///
    /// @param arrays whether the client takes a stream as one JSON array
    @Nullable Translation translation(Operation asked, boolean arrays, Provider provider);

    /// How clients of an operation read errors; null if as OpenAI's do.
    @Nullable ErrorWriter errors(Operation asked, boolean arrays);

    /// Reads the replies of an operation; null where there is no chat in them.
    @Nullable UpstreamDialect upstream(Operation operation);

    /// All wire formats of the product.
    static Translations of(Dialects dialects) {
        return new Translations() {
            @Override
            public @Nullable Translation translation(Operation asked, boolean arrays, Provider provider) {
                return dialects.translation(asked, arrays, provider);
            }

            @Override
            public @Nullable ErrorWriter errors(Operation asked, boolean arrays) {
                return switch (asked) {
                    case MESSAGES, MESSAGES_COUNT_TOKENS -> dialects.client(Operation.MESSAGES);
                    case GENERATE_CONTENT, GEMINI_COUNT_TOKENS, EMBED_CONTENT, BATCH_EMBED_CONTENTS ->
                        arrays
                                ? dialects.arrayClient(Operation.GENERATE_CONTENT)
                                : dialects.client(Operation.GENERATE_CONTENT);
                    case RESPONSES -> dialects.client(Operation.RESPONSES);
                    default -> null;
                };
            }

            @Override
            public @Nullable UpstreamDialect upstream(Operation operation) {
                return dialects.upstream(operation);
            }
        };
    }
}
