package io.deltallm.cli;

import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.store.jdbc.JdbcStores;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Starts what `server` runs. [Main] names the real gateway; tests bring their own, without sockets.
interface GatewayStarter {
    /// Binds and returns, or throws what prevents it.
    ///
    /// @param snapshots watched: the gateway serves by what is in force
    /// @param stores open and migrated; closed by the caller, after the gateway
    Running start(LiveSnapshot snapshots, JdbcStores stores);

    /// A gateway that accepts connections.
    interface Running {
        InetSocketAddress address();

        /// Stops accepting, lets running exchanges finish for as long as `drain`, then closes. Blocks.
        void stop(Duration drain);
    }
}
