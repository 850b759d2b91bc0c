package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.OpenAiProof;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.AwsEventCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.json.JsonOutput;

/// Bedrock's Converse (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html), plain and
/// streamed. The model stands in the path.
public final class Converse implements UpstreamDialect {

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        new ConverseRequest(request, call, out).write();
    }

    /// Bytes in the body, or S3: it fetches nothing else.
    @Override
    public boolean fetches(String url) {
        return url.startsWith(ConverseMedia.S3);
    }

    @Override
    public boolean knows(String dialect) {
        return dialect.equals(Operation.CONVERSE.label());
    }

    @Override
    public boolean accepts(String proof, UpstreamCall call) {
        return !OpenAiProof.is(proof);
    }

    @Override
    public FrameCutter streamCutter() {
        return new AwsEventCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return streamed ? new ConverseStreamReader() : new ConverseReplyReader();
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return BedrockErrors.read(status, fields, body);
    }
}
