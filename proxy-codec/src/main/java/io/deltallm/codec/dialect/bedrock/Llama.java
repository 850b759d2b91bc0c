package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.AwsChunkCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.json.JsonOutput;

/// Meta's Llama by `invoke` (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html). The
/// conversation is rendered in the template of the model's generation.
public final class Llama implements UpstreamDialect {

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        InvokeTurns turns = InvokeTurns.of(request, call);
        Sampling sampling = request.sampling();
        BedrockLosses.tellIf(!sampling.stop().isEmpty(), "stop", call);
        out.beginObject().member("prompt", LlamaTemplate.of(call.model()).render(turns));
        out.optional("max_gen_len", sampling.maxTokens());
        out.optional("temperature", TitanText.fraction(sampling.temperature()));
        out.optional("top_p", TitanText.fraction(sampling.topP()));
        out.endObject();
    }

    @Override
    public FrameCutter streamCutter() {
        return new AwsChunkCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return new LlamaReplyReader();
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return BedrockErrors.read(status, fields, body);
    }
}
