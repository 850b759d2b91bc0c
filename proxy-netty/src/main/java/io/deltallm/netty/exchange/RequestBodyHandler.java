package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.MultipartBoundary;
import io.deltallm.codec.dialect.RequestScanner;
import io.deltallm.codec.dialect.ScanLimits;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.MessageEnd;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.json.ByteBlock;
import io.deltallm.netty.offload.Offload;
import io.deltallm.policy.config.RequestLimits;
import io.deltallm.policy.identity.ModelAccess;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// Phase 4: collects the body up to the limit and scans it once, as it arrives. Waits for the rest of the body. Owns the
/// pieces until they are whole; then the exchange owns the body: the one buffer it came in, or a composite, never a copy.
final class RequestBodyHandler extends PhaseHandler implements Ending {
    private static final String MULTIPART = "multipart/form-data";
    private static final int MAX_COMPONENTS = 1 << 16;

    private final ByteBlock block;

    private RequestLimits limits;
    private RequestScanner scanner;
    private @Nullable RequestScanner tolerant;
    private RequestScanner scanning;
    private @Nullable Exchange collecting;
    private @Nullable ByteBuf body;
    private long maxBytes;

    @SuppressWarnings("NullAway.Init") // limits and scanners are set by the first exchange
    RequestBodyHandler(Offload offload, ByteBlock block) {
        super(offload);
        this.block = block;
    }

    @Override
    void enter(ChannelHandlerContext ctx, Exchange exchange) {
        if (hasNoUseFor(exchange.routed())) {
            proceed(ctx, exchange);
            return;
        }
        RequestHead head = exchange.head();
        adopt(exchange.snapshot().requestLimits());
        GatewayError problem = headProblem(head);
        if (problem != null) {
            refuse(exchange, problem);
            return;
        }
        String boundary = null;
        if (head.valueStartsWith(HeaderName.CONTENT_TYPE, MULTIPART)) {
            boundary = boundary(head);
            if (boundary == null) {
                refuse(exchange, GatewayError.of(
                        ErrorCode.INVALID_REQUEST, "Content-Type names no valid multipart boundary", "content-type"));
                return;
            }
        }
        switch (exchange.routed()) {
            case Route.Relay route -> begin(scanner, route.operation(), boundary, route.pathModel());
            case Route.Passthrough route -> begin(tolerant(), Operation.IMAGES_EDITS, boundary, route.pathModel());
            // Who answers says what is missing.
            case Route.Question _ -> begin(tolerant(), Operation.MODERATIONS, boundary, null);
            case Route.Probe _ -> throw new IllegalStateException("a body that nobody wants");
        }
        collecting = exchange;
        exchange.onEnd(this);
        if (head.expectContinue()) {
            ctx.write(Signal.CONTINUE, ctx.voidPromise());
            ctx.flush();
        }
    }

    /// What comes all the same is dropped, since nobody collects it.
    private static boolean hasNoUseFor(Route route) {
        return switch (route) {
            case Route.Question question -> !question.hasBody();
            case Route.Probe _ -> true;
            case Route.Relay _, Route.Passthrough _ -> false;
        };
    }

    private void begin(RequestScanner chosen, Operation operation, @Nullable String boundary, @Nullable String pathModel) {
        scanning = chosen;
        chosen.begin(operation, boundary, pathModel);
    }

    private void adopt(RequestLimits current) {
        if (current != limits) {
            limits = current;
            maxBytes = current.maxBody().bytes();
            scanner = scanner(current, current.validate());
            tolerant = null;
            scanning = scanner;
        }
    }

    /// For bodies that the gateway only looks into; few connections see one.
    private RequestScanner tolerant() {
        RequestScanner made = tolerant;
        if (made == null) {
            made = scanner(limits, false);
            tolerant = made;
        }
        return made;
    }

    private RequestScanner scanner(RequestLimits current, boolean validate) {
        ScanLimits scanned = new ScanLimits(
                current.maxJsonDepth(),
                current.maxModelLength(),
                ScanLimits.DEFAULT.maxPartHeaderBytes(),
                validate);
        return new RequestScanner(scanned, block);
    }

    private @Nullable GatewayError headProblem(RequestHead head) {
        if (head.contentLength() > maxBytes) {
            return tooLarge(head.contentLength() + " bytes");
        }
        int encoding = head.find(HeaderName.CONTENT_ENCODING);
        if (encoding >= 0 && !head.valueEquals(encoding, "identity")) {
            return GatewayError.of(
                    ErrorCode.INVALID_REQUEST,
                    "Content-Encoding \"" + head.value(encoding) + "\" is not supported (expected: none)",
                    "content-encoding");
        }
        return null;
    }

    private static @Nullable String boundary(RequestHead head) {
        String contentType = head.value(HeaderName.CONTENT_TYPE);
        return contentType == null ? null : MultipartBoundary.of(contentType);
    }

    @Override
    void content(ChannelHandlerContext ctx, Object piece) {
        Exchange exchange = collecting;
        if (exchange == null) {
            ReferenceCountUtil.release(piece);
        } else if (piece instanceof ByteBuf bytes) {
            collect(ctx, exchange, bytes);
        } else if (piece == MessageEnd.END) {
            finish(ctx, exchange);
        }
    }

    private void collect(ChannelHandlerContext ctx, Exchange exchange, @Owned ByteBuf piece) {
        if (exchange.requestBytes() > maxBytes) {
            piece.release();
            refuse(exchange, tooLarge("more than " + maxBytes + " bytes"));
            return;
        }
        scanning.feed(piece);
        if (body == null) {
            body = piece;
        } else if (body instanceof CompositeByteBuf composite) {
            composite.addComponent(true, piece);
        } else {
            body = ctx.alloc()
                    .compositeBuffer(MAX_COMPONENTS)
                    .addComponent(true, body)
                    .addComponent(true, piece);
        }
    }

    private void finish(ChannelHandlerContext ctx, Exchange exchange) {
        exchange.timeline().mark(Mark.BODY_RECEIVED, exchange.loop().wheel().now());
        GatewayError problem = scanning.end();
        if (problem != null && !mayBeUnread(exchange)) {
            refuse(exchange, problem);
            return;
        }
        exchange.body(scanning.outline(), body == null ? Unpooled.EMPTY_BUFFER : body);
        body = null;
        collecting = null;
        proceed(ctx, exchange);
    }

    /// What goes on to a provider as it is may be anything; but a key that may use some models only has to show which.
    private boolean mayBeUnread(Exchange exchange) {
        return exchange.routed() instanceof Route.Passthrough
                && (body == null || exchange.authenticated().models() == ModelAccess.ALL);
    }

    @Override
    public void ended(Exchange exchange, Outcome outcome) {
        collecting = null;
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private GatewayError tooLarge(String size) {
        return GatewayError.of(
                ErrorCode.BODY_TOO_LARGE, "The body has " + size + " (expected: at most " + maxBytes + ")");
    }
}
