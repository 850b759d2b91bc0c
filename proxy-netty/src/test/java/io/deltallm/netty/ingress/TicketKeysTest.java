package io.deltallm.netty.ingress;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

final class TicketKeysTest {
    private long now;

    @Test
    void keepsThreeGenerations() throws SSLException {
        assumeThat(OpenSsl.isAvailable()).isTrue();
        SslContext context = SslContextBuilder.forClient().sslProvider(SslProvider.OPENSSL_REFCNT).build();
        var sessions = (OpenSslSessionContext) context.sessionContext();
        var keys = new TicketKeys(() -> now);

        keys.rotateIfDue(sessions);
        assertThat(keys.size()).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            now += TicketKeys.PERIOD_NANOS;
            keys.rotateIfDue(sessions);
        }
        assertThat(keys.size()).isEqualTo(3);

        ReferenceCountUtil.release(context);
    }
}
