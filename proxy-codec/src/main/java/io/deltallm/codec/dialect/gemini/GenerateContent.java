package io.deltallm.codec.dialect.gemini;

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
import java.util.Locale;

/// Google's `generateContent` on both sides: clients of its SDKs are read and answered, its models are asked. Stateless,
/// thread-safe.
public final class GenerateContent implements ClientDialect, UpstreamDialect {
    private final boolean vertex;
    private final StreamForm form;

    /// As the Gemini API has it; streams to clients are Server-Sent Events.
    public GenerateContent() {
        this(false, StreamForm.SSE);
    }

    private GenerateContent(boolean vertex, StreamForm form) {
        this.vertex = vertex;
        this.form = form;
    }

    /// As Vertex AI has it: labels, no ids of tool calls.
    public static GenerateContent vertex() {
        return new GenerateContent(true, StreamForm.SSE);
    }

    /// For clients that stream without `alt=sse`: the stream is one JSON array.
    public static GenerateContent arrayStream() {
        return new GenerateContent(false, StreamForm.ARRAY);
    }

    @Override
    public ChatRequest readRequest(JsonCursor body, PathCall path) {
        return new RequestReader(path).read(body);
    }

    @Override
    public ReplyWriter replyWriter(ClientCall call) {
        return call.streamed() ? new StreamReplyWriter(call, form) : new PlainReplyWriter(call);
    }

    @Override
    public void writeError(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
        GoogleErrors.write(error, out);
    }

    @Override
    public void writeErrorEvent(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
        out.literal(form.before(true));
        GoogleErrors.write(error, out);
        out.literal(form.after()).literal(form.end());
    }

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        boolean atVertex = vertex || call.provider().toLowerCase(Locale.ROOT).startsWith("vertex");
        new RequestWriter(request, call, atVertex, out).write();
    }

    /// Google fetches its own files and films on YouTube, and few other addresses.
    @Override
    public boolean fetches(String url) {
        return MediaWriter.isGoogles(url);
    }

    @Override
    public boolean knows(String dialect) {
        return dialect.equals(Operation.GENERATE_CONTENT.label());
    }

    @Override
    public boolean accepts(String proof, UpstreamCall call) {
        return !OpenAiProof.is(proof);
    }

    /// Dots and colons are fine here, too.
    @Override
    public boolean takesToolName(String name) {
        return UpstreamDialect.super.takesToolName(name.replace('.', '_').replace(':', '_'));
    }

    @Override
    public FrameCutter streamCutter() {
        return new SseFrameCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return new ContentReplyReader(streamed);
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return GoogleErrors.read(status, fields, body);
    }

    /// Reads a request for the count of its tokens (`:countTokens`): the contents alone, or a whole request within
    /// `generateContentRequest`.
    public ChatRequest readCountRequest(JsonCursor body, PathCall path) {
        return readRequest(body, path);
    }

    /// Writes the answer to a request for a count.
    public void writeCount(long tokens, JsonOutput out) {
        out.beginObject().member("totalTokens", tokens).endObject();
    }
}
