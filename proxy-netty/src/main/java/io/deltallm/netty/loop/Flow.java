package io.deltallm.netty.loop;

import io.netty.channel.Channel;

/// Decides whether a channel is read. Everyone with a reason not to read holds it; it is read while nobody does. Confined
/// to the channel's event loop.
public final class Flow {
    private final Channel channel;
    private int holds;

    public Flow(Channel channel) {
        this.channel = channel;
    }

    public void hold() {
        if (holds++ == 0) {
            channel.config().setAutoRead(false);
        }
    }

    public void release() {
        if (--holds == 0) {
            channel.config().setAutoRead(true);
        }
    }

    public boolean held() {
        return holds > 0;
    }
}
