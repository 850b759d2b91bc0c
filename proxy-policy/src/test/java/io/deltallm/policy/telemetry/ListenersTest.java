package io.deltallm.policy.telemetry;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.route.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListenersTest {
    private final List<String> heard = new ArrayList<>();

    @Test
    void tellsEveryListenerEverythingInOrder() {
        GatewayListener listeners = new Listeners(List.of(new Recorder("a"), new Recorder("b")));
        Target target = target();

        listeners.exchangeStarted();
        listeners.chunkRelayed(target, 1);
        listeners.rateLimited("key");
        listeners.translationLost(Operation.CHAT_COMPLETIONS, Operation.MESSAGES, "n");
        listeners.connectionOpened();
        listeners.connectionClosed();
        listeners.connectionRefused();
        listeners.upstreamConnected(target, 2);
        listeners.upstreamConnectFailed(target);
        listeners.upstreamPoolWaited(target, 3);

        assertThat(heard).containsExactly(
                "a started", "b started",
                "a chunk 1", "b chunk 1",
                "a limited key", "b limited key",
                "a lost CHAT_COMPLETIONS MESSAGES n", "b lost CHAT_COMPLETIONS MESSAGES n",
                "a opened", "b opened",
                "a closed", "b closed",
                "a refused", "b refused",
                "a connected 2", "b connected 2",
                "a connect failed", "b connect failed",
                "a waited 3", "b waited 3");
    }

    private static Target target() {
        var uri = URI.create("https://provider.example/v1");
        var provider = Provider.openAi("p", uri, new Signer.None(), Map.of(), Provider.StreamUsage.OPTION);
        var second = Duration.ofSeconds(1);
        var clocks = new Target.Clocks(second, second, second, second);
        return new Target("t", "g", provider, "m", 1, clocks, new Target.PoolSettings(1, 1, second, second), Map.of());
    }

    private final class Recorder implements GatewayListener {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        private void heard(String what) {
            heard.add(name + " " + what);
        }

        @Override
        public void exchangeStarted() {
            heard("started");
        }

        @Override
        public void chunkRelayed(Target target, long gapNanos) {
            heard("chunk " + gapNanos);
        }

        @Override
        public void rateLimited(String scope) {
            heard("limited " + scope);
        }

        @Override
        public void translationLost(Operation from, Operation to, String parameter) {
            heard("lost " + from + " " + to + " " + parameter);
        }

        @Override
        public void connectionOpened() {
            heard("opened");
        }

        @Override
        public void connectionClosed() {
            heard("closed");
        }

        @Override
        public void connectionRefused() {
            heard("refused");
        }

        @Override
        public void upstreamConnected(Target target, long nanos) {
            heard("connected " + nanos);
        }

        @Override
        public void upstreamConnectFailed(Target target) {
            heard("connect failed");
        }

        @Override
        public void upstreamPoolWaited(Target target, long nanos) {
            heard("waited " + nanos);
        }
    }
}
