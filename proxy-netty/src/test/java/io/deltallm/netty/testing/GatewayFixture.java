package io.deltallm.netty.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.dialect.Dialects;
import io.deltallm.netty.exchange.Translations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A gateway in this process, on a free port, with a store of its own in a temporary directory, one model
/// ([ChatSample#MODEL]) and a master key. Thread-safe once started.
///
/// ```java
/// try (var gateway = GatewayFixture.inFrontOf(upstream).set("server.idle_timeout", "1s").start()) {
/// ```
public final class GatewayFixture implements AutoCloseable {
    public static final String MASTER_KEY = "sk-master-of-the-tests";
    public static final String UPSTREAM_KEY = "sk-upstream-secret";

    private static final AtomicInteger KEYS = new AtomicInteger();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningGateway running;
    private final boolean tls;
    private boolean closed;

    private GatewayFixture(RunningGateway running, boolean tls) {
        this.running = running;
        this.tls = tls;
    }

    public static Plan inFrontOf(ScriptedUpstream upstream) {
        return inFrontOf(upstream.baseUrl());
    }

    public static Plan inFrontOf(String baseUrl) {
        return new Plan(baseUrl).model(ChatSample.MODEL, "openai/" + ChatSample.UPSTREAM_MODEL);
    }

    /// A configuration in the making. JSON is YAML, so that is how it is written.
    public static final class Plan {
        private final String baseUrl;
        private final ObjectNode root = JSON.createObjectNode();
        private final ArrayNode models = root.putArray("model_list");
        private Translations translations = Translations.of(new Dialects());

        private Plan(String baseUrl) {
            this.baseUrl = baseUrl;
            set("server.host", "127.0.0.1");
            set("server.port", 0);
            set("server.event_loop_threads", 2);
            set("general.master_key", MASTER_KEY);
            set("general.salt_key", "a-salt-for-tests");
        }

        /// Sets what stands at a dotted path.
        public Plan set(String path, Object value) {
            String[] names = path.split("\\.");
            ObjectNode node = root;
            for (int i = 0; i < names.length - 1; i++) {
                node = node.withObjectProperty(names[i]);
            }
            node.putPOJO(names[names.length - 1], value);
            return this;
        }

        public Plan model(String name, String upstreamModel) {
            return model(name, upstreamModel, baseUrl);
        }

        public Plan model(String name, String upstreamModel, String base) {
            models.addObject()
                    .put("model_name", name)
                    .putObject("litellm_params")
                    .put("model", upstreamModel)
                    .put("api_base", base)
                    .put("api_key", UPSTREAM_KEY);
            return this;
        }

        /// A further parameter of the model that was added last; null takes one away.
        public Plan parameter(String name, @Nullable Object value) {
            ((ObjectNode) models.path(models.size() - 1).path("litellm_params")).putPOJO(name, value);
            return this;
        }

        /// A fact about the model that was added last.
        public Plan info(String name, Object value) {
            ((ObjectNode) models.path(models.size() - 1)).withObjectProperty("model_info").putPOJO(name, value);
            return this;
        }

        /// With wire formats of the test's own.
        public Plan translating(Translations own) {
            translations = own;
            return this;
        }

        public Plan withoutModels() {
            models.removeAll();
            return this;
        }

        /// Nobody needs a key.
        public Plan open() {
            ((ObjectNode) root.path("general")).remove("master_key");
            return set("auth.insecure_no_auth", true);
        }

        public GatewayFixture start() {
            try {
                Path directory = Files.createTempDirectory("gateway-test");
                var fixture = new GatewayFixture(
                        RunningGateway.start(text(), directory.resolve("gateway.db"), translations), root.path("server").has("tls"));
                LeakGuard.RUNNING_GATEWAYS.incrementAndGet();
                return fixture;
            } catch (IOException e) {
                throw new IllegalStateException("could not start a gateway", e);
            }
        }

        String text() {
            try {
                return JSON.writeValueAsString(root);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public int port() {
        return running.port();
    }

    public RawClient connect() {
        return RawClient.connect(port());
    }

    /// Stores a fresh key; in force at once.
    public String newKey(KeySpec spec) {
        String key = "sk-test-" + KEYS.incrementAndGet();
        storeKey(key, spec);
        return key;
    }

    public void storeKey(String key, KeySpec spec) {
        running.storeKey(key, spec);
    }

    public void changeKey(String key, KeySpec spec) {
        running.changeKey(key, spec);
    }

    public void revokeKey(String key) {
        running.revokeKey(key);
    }

    /// Puts another configuration in force, as a changed file does.
    public void reload(Plan plan) {
        running.reload(plan.text());
    }

    /// Takes no new exchange, lets the running ones finish, and returns when all is closed.
    public void stop() {
        running.stop();
    }

    public MetricsText metrics() {
        try (var client = tls ? RawClient.connectTls(port()) : connect()) {
            return new MetricsText(client.send("GET /metrics HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n").read().text());
        }
    }

    /// Exchanges under way, without the scrape that asks.
    public int exchangesInFlight() {
        return (int) metrics().sum("deltallm_exchanges_in_flight") - 1;
    }

    /// Client connections, without the scrape that asks.
    public int clientConnections() {
        return (int) metrics().sum("deltallm_connections") - 1;
    }

    public void awaitIdle() {
        Eventually.until("no exchange is under way", () -> {
            MetricsText now = metrics();
            return now.sum("deltallm_exchanges_in_flight") == 1 && now.sum("deltallm_upstream_connections", "state=\"active\"") == 0;
        });
    }

    /// No exchange and no upstream connection in use. Slots are asked for by who limits them, buffers by [LeakGuard].
    public void assertNothingLeft() {
        if (closed) {
            return;
        }
        awaitIdle();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        running.close();
        LeakGuard.RUNNING_GATEWAYS.decrementAndGet();
    }
}
