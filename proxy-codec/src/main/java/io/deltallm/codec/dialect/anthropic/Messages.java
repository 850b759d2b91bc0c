package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect;
import io.deltallm.codec.dialect.OpenAiProof;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.SseFrameCutter;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.function.Supplier;

/// Anthropic's Messages API, spoken by its clients, by Anthropic and those who copied it, and, with another head and
/// other framing, by Vertex and Bedrock. Stateless, thread-safe.
public final class Messages implements ClientDialect, UpstreamDialect {
    private final MessagesHost host;
    private final Supplier<FrameCutter> cutters;

    /// As Anthropic speaks it.
    public Messages() {
        this(MessagesHost.ANTHROPIC, SseFrameCutter::new);
    }

    private Messages(MessagesHost host, Supplier<FrameCutter> cutters) {
        this.host = host;
        this.cutters = cutters;
    }

    /// As Vertex takes it: `rawPredict`, `streamRawPredict`.
    public static Messages vertex() {
        return new Messages(MessagesHost.VERTEX, SseFrameCutter::new);
    }

    /// As Bedrock takes it: `invoke`, `invoke-with-response-stream`.
    ///
    /// @param cutters of what Bedrock's event stream carries: Anthropic's own events
    public static Messages bedrock(Supplier<FrameCutter> cutters) {
        return new Messages(MessagesHost.BEDROCK, cutters);
    }

    MessagesHost host() {
        return host;
    }

    @Override
    public ChatRequest readRequest(JsonCursor body, PathCall path) {
        return new MessagesRequestReader(false).read(body, path);
    }

    @Override
    public ReplyWriter replyWriter(ClientCall call) {
        return call.streamed() ? new MessagesStreamWriter(call) : new MessagesReplyWriter(call);
    }

    @Override
    public void writeError(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
        AnthropicErrors.write(error, requestId, out);
    }

    @Override
    public void writeErrorEvent(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
        AnthropicErrors.writeEvent(error, requestId, out);
    }

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        new MessagesRequestWriter(request, call, host, out).write();
    }

    /// Bedrock fetches nothing.
    @Override
    public boolean fetches(String url) {
        return host != MessagesHost.BEDROCK;
    }

    @Override
    public boolean knows(String dialect) {
        return dialect.equals(Operation.MESSAGES.label());
    }

    @Override
    public boolean accepts(String proof, UpstreamCall call) {
        return !OpenAiProof.is(proof);
    }

    @Override
    public boolean takesToolName(String name) {
        return ToolNames.fits(name);
    }

    @Override
    public FrameCutter streamCutter() {
        return cutters.get();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return streamed ? new MessagesStreamReader() : new MessagesReplyReader();
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return AnthropicErrors.read(status, fields, body);
    }
}
