package io.deltallm.netty.upstream;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.RequestPatch;
import io.deltallm.codec.dialect.RequestScanner;
import io.deltallm.codec.dialect.ScanLimits;
import io.deltallm.codec.dialect.UpstreamModel;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.HeadReader;
import io.deltallm.codec.http.RequestEntry;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.codec.json.ByteBlock;
import io.deltallm.policy.route.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An attempt whose listener writes down what it hears: `sent`, `200 [body] flush`, `ended`, `failed`.
final class HeardAttempt implements Attempt.Listener {
    private static final String BODY = "{\"model\":\"upstream-gpt\"}";
    static final String REQUEST = "POST /v1/chat/completions HTTP/1.1\r\nhost: provider.test:81\r\n"
            + "authorization: Bearer sk-provider\r\nx-fixed: f\r\nX-Own: o\r\ncontent-length: 24\r\n\r\n" + BODY;

    private final StringBuilder heard = new StringBuilder();
    private final ByteBuf body;
    private final Attempt attempt;
    private @Nullable GatewayError error;
    private boolean hadReply;

    HeardAttempt(LoopPool pool, Target target) {
        RequestHead head = new RequestHead();
        ByteBuf in = Unpooled.copiedBuffer(
                "POST / HTTP/1.1\r\nHost: g\r\nX-Own: o\r\nAuthorization: Bearer sk-client\r\n\r\n", StandardCharsets.ISO_8859_1);
        new HeadReader.OfRequest(head, 8192, 8192).read(in);
        in.release();
        body = Unpooled.directBuffer().writeBytes(BODY.getBytes(StandardCharsets.ISO_8859_1));
        RequestScanner scanner = new RequestScanner(ScanLimits.DEFAULT, new ByteBlock());
        scanner.begin(Operation.MODERATIONS, null);
        scanner.feed(body);
        RequestPatch unchanged = RequestPatch.plan(
                Operation.MODERATIONS, scanner.outline(), new UpstreamModel(target.upstreamModel()), false, Map.of());
        UpstreamTarget ready = pool.target(target);
        RequestEntry entry = Objects.requireNonNull(ready.entries().relayed(Operation.CHAT_COMPLETIONS, false));
        attempt = new Attempt(ready.destination(), entry, head, body, unchanged, this);
    }

    HeardAttempt start() {
        attempt.start();
        return this;
    }

    Attempt attempt() {
        return attempt;
    }

    String heard() {
        return heard.toString();
    }

    @Nullable ErrorCode failure() {
        return error == null ? null : error.code();
    }

    boolean hadReply() {
        return hadReply;
    }

    void release() {
        body.release();
    }

    @Override
    public void sent(long nanoTime) {
        heard.append("sent ");
    }

    @Override
    public void replied(ResponseHead head, long nanoTime) {
        heard.append(head.status()).append(' ');
    }

    @Override
    public void body(ByteBuf piece, long nanoTime) {
        heard.append('[').append(piece.toString(StandardCharsets.ISO_8859_1)).append(']');
        piece.release();
    }

    @Override
    public void readComplete() {
        heard.append(" flush ");
    }

    @Override
    public void ended() {
        heard.append("ended");
    }

    @Override
    public void failed(GatewayError failure, boolean replied) {
        heard.append("failed");
        error = failure;
        hadReply = replied;
    }
}
