package io.deltallm.netty.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;

/// Answers the demo's requests one at a time, in the order they came; pipelined ones wait. Confined to its connection's
/// event loop; owns the requests that wait.
final class DemoHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(DemoHandler.class);

    private final Duration pace;
    private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean answering;
    private boolean keepAlive;
    private long answers;

    DemoHandler(Duration pace) {
        this.pace = pace;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
        waiting.add((FullHttpRequest) message);
        answerNext(ctx);
    }

    private void answerNext(ChannelHandlerContext ctx) throws IOException {
        while (!answering && !waiting.isEmpty()) {
            FullHttpRequest request = waiting.remove();
            try {
                answering = true;
                answer(ctx, request);
            } finally {
                request.release();
            }
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
    }

    private void answer(ChannelHandlerContext ctx, FullHttpRequest request) throws IOException {
        keepAlive = HttpUtil.isKeepAlive(request);
        if (request.decoderResult().isFailure()) {
            refuse(ctx, BAD_REQUEST, "the request is not sound HTTP", null, "malformed_http");
            return;
        }
        String path = path(request.uri());
        if (request.method().equals(HttpMethod.GET) && path.equals("/v1/models")) {
            reply(ctx, OK, DemoHandler::models);
        } else if (request.method().equals(HttpMethod.POST)) {
            post(ctx, path, request.content());
        } else {
            unknownPath(ctx, request.method() + " " + path);
        }
    }

    private static void models(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("object", "list");
        json.writeArrayFieldStart("data");
        for (String model : DemoProvider.MODELS) {
            json.writeStartObject();
            json.writeStringField("id", model);
            json.writeStringField("object", "model");
            json.writeNumberField("created", 0);
            json.writeStringField("owned_by", "deltallm-demo");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void post(ChannelHandlerContext ctx, String path, ByteBuf body) throws IOException {
        DemoRequest request;
        try {
            request = DemoRequest.read(body);
        } catch (IOException e) {
            refuse(ctx, BAD_REQUEST, "the body is not the JSON of a request", null, "invalid_request");
            return;
        }
        switch (path) {
            case "/v1/chat/completions" -> complete(ctx, request, true);
            case "/v1/completions" -> complete(ctx, request, false);
            case "/v1/embeddings" -> embed(ctx, request);
            default -> unknownPath(ctx, "POST " + path);
        }
    }

    private void complete(ChannelHandlerContext ctx, DemoRequest request, boolean chat) throws IOException {
        if (!serves(ctx, request.model(), DemoProvider.CHAT_MODEL)) {
            return;
        }
        Completion completion = completion(ctx, request, chat);
        if (request.stream()) {
            new DemoStream(ctx, completion, request.includeUsage(), pace, () -> streamed(ctx)).start();
        } else {
            reply(ctx, OK, completion::write);
        }
    }

    private Completion completion(ChannelHandlerContext ctx, DemoRequest request, boolean chat) {
        var answer = DemoAnswer.to(request);
        String id = (chat ? "chatcmpl-demo-" : "cmpl-demo-") + ctx.channel().id().asShortText() + "-" + ++answers;
        long now = System.currentTimeMillis() / 1000;
        return new Completion(
                chat, id, now, DemoProvider.CHAT_MODEL, answer.words(), answer.finish(), request.promptWords());
    }

    private void embed(ChannelHandlerContext ctx, DemoRequest request) throws IOException {
        if (!serves(ctx, request.model(), DemoProvider.EMBEDDING_MODEL)) {
            return;
        }
        if (request.dimensions() < 0 || request.dimensions() > DemoEmbeddings.MAX_DIMENSIONS) {
            String message = "dimensions: " + request.dimensions() + " (expected: 1 to " + DemoEmbeddings.MAX_DIMENSIONS
                    + ")";
            refuse(ctx, BAD_REQUEST, message, "dimensions", "invalid_value");
            return;
        }
        reply(ctx, OK, new DemoEmbeddings(request)::write);
    }

    private boolean serves(ChannelHandlerContext ctx, @Nullable String model, String expected) throws IOException {
        if (expected.equals(model)) {
            return true;
        }
        refuse(ctx, NOT_FOUND, "model \"" + model + "\" does not exist here (expected: " + expected + ")", "model",
                "model_not_found");
        return false;
    }

    private void unknownPath(ChannelHandlerContext ctx, String what) throws IOException {
        refuse(ctx, NOT_FOUND, "the demo provider has no " + what, null, "not_found");
    }

    private void refuse(
            ChannelHandlerContext ctx, HttpResponseStatus status, String message, @Nullable String param, String code)
            throws IOException {
        reply(ctx, status, json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", message);
            json.writeStringField("type", "invalid_request_error");
            json.writeStringField("param", param);
            json.writeStringField("code", code);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private void reply(ChannelHandlerContext ctx, HttpResponseStatus status, DemoJson.Body body) throws IOException {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, ctx.alloc().buffer());
        try {
            DemoJson.write(response.content(), body);
        } catch (IOException | RuntimeException e) {
            response.release();
            throw e;
        }
        response.headers()
                .set(CONTENT_TYPE, "application/json")
                .setInt(CONTENT_LENGTH, response.content().readableBytes());
        ctx.writeAndFlush(response);
        answered(ctx);
    }

    private void streamed(ChannelHandlerContext ctx) throws IOException {
        answered(ctx);
        answerNext(ctx);
    }

    private void answered(ChannelHandlerContext ctx) {
        answering = !keepAlive;
        if (!keepAlive) {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("demo connection closed", cause);
        ctx.close();
    }
}
