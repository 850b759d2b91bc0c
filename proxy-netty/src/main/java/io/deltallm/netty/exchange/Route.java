package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import org.jspecify.annotations.Nullable;

/// What a method and path ask for.
public sealed interface Route {
    /// A bounded metric and log label.
    String label();

    /// The method it answers to; `HEAD` is answered wherever `GET` is.
    String method();

    /// Whether it needs a key.
    boolean needsKey();

    /// A request to a model, relayed to a provider.
    ///
    /// @param path the model that the path names, and whether it asks for a stream
    /// @param queryPasses whether the query is for the provider: Azure's says which version of its API is spoken to us
    record Relay(Operation operation, PathCall path, boolean queryPasses) implements Route {
        Relay(Operation operation) {
            this(operation, PathCall.NONE, true);
        }

        /// Null where the body names it.
        @Nullable String pathModel() {
            return path.model().isEmpty() ? null : path.model();
        }

        @Override
        public String label() {
            return operation.label();
        }

        @Override
        public String method() {
            return operation.method();
        }

        @Override
        public boolean needsKey() {
            return true;
        }
    }

    /// A request in a provider's own words, which goes there as it is.
    ///
    /// @param provider its name; empty where the request says it elsewhere
    /// @param rest the path there
    /// @param operation what it asks for, where that is understood
    /// @param pathModel the model that the path names
    /// @param stream whether the path asks for a stream
    record Passthrough(
            String provider, String rest, @Nullable Operation operation, @Nullable String pathModel, boolean stream)
            implements Route {
        private static final String RESPONSES = "/responses";

        /// Whether it is about an answer that a provider of OpenAI's Responses keeps.
        boolean aboutResponse() {
            return provider.isEmpty() && rest.startsWith(RESPONSES + "/");
        }

        /// The path behind `/responses`, the slash included.
        String restOfResponse() {
            return rest.substring(RESPONSES.length());
        }

        @Override
        public String label() {
            return "passthrough";
        }

        /// Any.
        @Override
        public String method() {
            return "*";
        }

        @Override
        public boolean needsKey() {
            return true;
        }
    }

    /// What clients want to know of models.
    enum Question implements Route {
        MODELS("GET"),
        MODEL("GET"),
        MODEL_INFO("GET"),
        MODEL_GROUP_INFO("GET"),
        TOKEN_COUNTER("POST"),
        SPEND_CALCULATE("POST");

        private final String method;

        Question(String method) {
            this.method = method;
        }

        boolean hasBody() {
            return method.equals("POST");
        }

        @Override
        public String label() {
            return "models";
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public boolean needsKey() {
            return true;
        }
    }

    /// What operators and their probes ask for.
    enum Probe implements Route {
        HEALTH("health"),
        LIVENESS("health"),
        READINESS("health"),
        LIVE("health"),
        READY("health"),
        METRICS("metrics");

        private final String label;

        Probe(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public boolean needsKey() {
            return false;
        }
    }
}
