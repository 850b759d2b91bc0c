package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect;
import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.dialect.OpenAiProof;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.dialect.StrictSchema;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.dialect.openai.OpenAiErrorReader;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.SseFrameCutter;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;

/// OpenAI's Responses API, on both sides. Stateless, thread-safe.
public final class Responses implements ClientDialect, UpstreamDialect {
    /// The name of the format: whose opaque parts, hosted tools and extras are its own.
    static final String DIALECT = Operation.RESPONSES.label();
    private static final ErrorReader ERRORS = new OpenAiErrorReader();

    @Override
    public ChatRequest readRequest(JsonCursor body, PathCall path) {
        return new RequestReader(ObjectFields.of(body.raw(), "")).read();
    }

    @Override
    public ReplyWriter replyWriter(ClientCall call) {
        return new ResponseWriter(call, Settings.unknown());
    }

    @Override
    public ReplyWriter replyWriter(ClientCall call, ChatRequest request) {
        return new ResponseWriter(call, Settings.of(request));
    }

    @Override
    public void writeError(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
        ErrorWriting.body(error, epochSeconds, out);
    }

    @Override
    public void writeErrorEvent(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
        ErrorWriting.event(error, out);
    }

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        new RequestWriter(request, call, out).write();
    }

    @Override
    public boolean knows(String dialect) {
        return dialect.equals(DIALECT);
    }

    /// Others who speak the format have proofs of any form.
    @Override
    public boolean accepts(String proof, UpstreamCall call) {
        return OpenAiProof.is(proof) || !InputWriter.demandsProof(call);
    }

    @Override
    public boolean holdsTo(RawJson schema, UpstreamCall call) {
        return StrictSchema.holds(schema, call);
    }

    @Override
    public FrameCutter streamCutter() {
        return new SseFrameCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return streamed ? new StreamReader() : new PlainReader();
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return ERRORS.readError(status, fields, body);
    }
}
