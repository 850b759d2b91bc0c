package io.deltallm.netty.gateway;

import io.deltallm.netty.ingress.Transport;
import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import io.deltallm.policy.config.ServerSettings;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// Whatever drives the sockets, a reset is noticed.
@ExtendWith(LeakGuard.class)
final class TransportDisconnectTest {
    /// It is a race: with Netty's own settings for io_uring, one among so many goes unnoticed.
    private static final int CLIENTS = 30;

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void noticesAResetBehindBytesThatWait(ServerSettings.Transport transport) {
        assumeTrue(works(transport), () -> transport + " does not work on this machine");
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                GatewayFixture gateway = GatewayFixture.inFrontOf(upstream)
                        .set("server.transport", transport.name().toLowerCase(Locale.ROOT))
                        .start()) {
            for (int i = 0; i < CLIENTS; i++) {
                upstream.next(Script.silence());
                leaveWithARequestWaiting(upstream, gateway);
            }
            gateway.assertNothingLeft();
        }
    }

    private static boolean works(ServerSettings.Transport transport) {
        try {
            Transport.of(transport);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void leaveWithARequestWaiting(ScriptedUpstream upstream, GatewayFixture gateway) {
        try (RawClient client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
            ReceivedRequest request = upstream.takeRequest();
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);

            client.reset();

            request.awaitPeerClosed();
        }
    }
}
