package io.deltallm.policy.telemetry;

import io.deltallm.codec.chat.Operation;
import io.deltallm.policy.route.Target;
import java.util.List;

/// Tells several listeners, in the order given. Thread-safe as they are.
public final class Listeners implements GatewayListener {
    private final GatewayListener[] all;

    public Listeners(List<GatewayListener> all) {
        this.all = all.toArray(GatewayListener[]::new);
    }

    @Override
    public void exchangeStarted() {
        for (GatewayListener each : all) {
            each.exchangeStarted();
        }
    }

    @Override
    public void exchangeEnded(ExchangeFacts facts) {
        for (GatewayListener each : all) {
            each.exchangeEnded(facts);
        }
    }

    @Override
    public void chunkRelayed(Target target, long gapNanos) {
        for (GatewayListener each : all) {
            each.chunkRelayed(target, gapNanos);
        }
    }

    @Override
    public void rateLimited(String scope) {
        for (GatewayListener each : all) {
            each.rateLimited(scope);
        }
    }

    @Override
    public void translationLost(Operation from, Operation to, String parameter) {
        for (GatewayListener each : all) {
            each.translationLost(from, to, parameter);
        }
    }

    @Override
    public void connectionOpened() {
        for (GatewayListener each : all) {
            each.connectionOpened();
        }
    }

    @Override
    public void connectionClosed() {
        for (GatewayListener each : all) {
            each.connectionClosed();
        }
    }

    @Override
    public void connectionRefused() {
        for (GatewayListener each : all) {
            each.connectionRefused();
        }
    }

    @Override
    public void upstreamConnected(Target target, long nanos) {
        for (GatewayListener each : all) {
            each.upstreamConnected(target, nanos);
        }
    }

    @Override
    public void upstreamConnectFailed(Target target) {
        for (GatewayListener each : all) {
            each.upstreamConnectFailed(target);
        }
    }

    @Override
    public void upstreamPoolWaited(Target target, long nanos) {
        for (GatewayListener each : all) {
            each.upstreamPoolWaited(target, nanos);
        }
    }
}
