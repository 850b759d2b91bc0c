package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Operation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTableTest {
    private static final RouteTable ROUTES = new RouteTable();

    private static @Nullable Route find(String path) {
        byte[] bytes = ("GET " + path + "?q").getBytes(StandardCharsets.ISO_8859_1);
        return ROUTES.find(bytes, 4, bytes.length - 2);
    }

    @ParameterizedTest
    @EnumSource
    void findsEveryOperationWithAndWithoutVersion(Operation operation) {
        assertThat(find(operation.path())).isEqualTo(new Route.Relay(operation));
        assertThat(find("/v1" + operation.path())).isEqualTo(new Route.Relay(operation));
    }

    @ParameterizedTest
    @CsvSource({
        "/health, HEALTH", "/health/liveliness, LIVENESS", "/health/liveness, LIVENESS", "/health/readiness, READINESS",
        "/live, LIVE", "/ready, READY", "/metrics, METRICS", "/metrics/prometheus, METRICS", "/metrics/json, METRICS"
    })
    void findsProbes(String path, Route.Probe probe) {
        assertThat(find(path)).isEqualTo(probe);
        assertThat(find("/v1" + path)).isNull();
    }

    @Test
    void findsModels() {
        assertThat(find("/models")).isEqualTo(Route.Models.LIST);
        assertThat(find("/v1/models")).isEqualTo(Route.Models.LIST);
        for (String id : new String[] {"a", "org/model", "a/b/c", "org%2Fmodel", "x".repeat(500)}) {
            assertThat(find("/models/" + id)).isEqualTo(Route.Models.ONE);
            assertThat(find("/v1/models/" + id)).isEqualTo(Route.Models.ONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "*", "/v1", "/v1/", "/v1/models/", "/models/", "/modelsx", "/v2/models", "/v1/v1/models", "/v1//models",
        "/chat/completions/", "/Chat/completions", "/v1/chat", "/%68ealth", "/health/", "/healthz"
    })
    void knowsNothingElse(String path) {
        assertThat(find(path)).isNull();
    }
}
