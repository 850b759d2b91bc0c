package io.deltallm.netty.loop;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlowTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Flow flow = new Flow(channel);

    @Test
    void readsWhileNobodyHoldsIt() {
        assertThat(channel.config().isAutoRead()).isTrue();
        flow.hold();
        flow.hold();
        assertThat(channel.config().isAutoRead()).isFalse();

        flow.release();
        assertThat(flow.held()).isTrue();
        assertThat(channel.config().isAutoRead()).isFalse();

        flow.release();
        assertThat(flow.held()).isFalse();
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.close();
    }
}
