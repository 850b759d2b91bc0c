package io.deltallm.cli;

import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.store.jdbc.JdbcStores;

/// The real gateway, as the `server` command sees it.
final class NettyGateway implements GatewayStarter {
    @Override
    public Running start(LiveSnapshot snapshots, JdbcStores stores) {
        throw new Commands.Refusal("the gateway is not part of this build");
    }
}
