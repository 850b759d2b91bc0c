package io.deltallm.cli;

import io.deltallm.netty.Gateway;
import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.store.StoreException;
import io.deltallm.policy.store.jdbc.JdbcStores;
import java.net.InetSocketAddress;
import java.time.Duration;

/// The real gateway, as the `server` command sees it.
final class NettyGateway implements GatewayStarter {
    @Override
    public Running start(LiveSnapshot snapshots, JdbcStores stores) {
        Gateway gateway = Gateway.start(snapshots, stores.keys(), () -> answers(stores), Release.version());
        return new Running() {
            @Override
            public InetSocketAddress address() {
                return gateway.address();
            }

            @Override
            public void stop(Duration drain) {
                gateway.stop(drain);
            }
        };
    }

    private static boolean answers(JdbcStores stores) {
        try {
            stores.ping();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }
}
