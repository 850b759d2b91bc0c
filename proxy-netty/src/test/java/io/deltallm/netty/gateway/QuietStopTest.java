package io.deltallm.netty.gateway;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/// Whoever stops a gateway does not read of connections that nobody has closed in time.
@ExtendWith(LeakGuard.class)
final class QuietStopTest {
    private static final int CONNECTIONS = 20;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
    }

    @Test
    void saysNothingOfConnectionsThatWereIdle() {
        Gate gate = new Gate();
        Script reply = Script.reply(200).gate(gate).whole("{}");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().otherwise(reply);
                GatewayFixture gateway = GatewayFixture.inFrontOf(upstream).start()) {
            List<RawClient> clients = Stream.generate(gateway::connect).limit(CONNECTIONS).toList();
            clients.forEach(client -> client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST));
            clients.forEach(_ -> upstream.takeRequest());
            gate.open();
            clients.forEach(RawClient::read);

            gateway.stop();

            clients.forEach(RawClient::close);
        }

        assertThat(log.list)
                .filteredOn(event -> event.getLoggerName().startsWith("io.netty"))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }
}
