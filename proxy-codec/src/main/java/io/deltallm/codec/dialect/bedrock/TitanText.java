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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Amazon Titan Text by `invoke`
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html). A single question is the
/// prompt as it is; a conversation is told as `User:` and `Bot:`.
public final class TitanText implements UpstreamDialect {
    private static final String USER = "User:";

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        InvokeTurns turns = InvokeTurns.of(request, call);
        out.beginObject().member("inputText", prompt(turns));
        config(request.sampling(), turns, call, out);
        out.endObject();
    }

    private static String prompt(InvokeTurns turns) {
        if (turns.isOneQuestion()) {
            return turns.turns().getFirst().text();
        }
        StringBuilder prompt = new StringBuilder(turns.instructions());
        for (InvokeTurns.Turn turn : turns.turns()) {
            prompt.append(prompt.isEmpty() ? "" : "\n").append(turn.assistant() ? "Bot: " : "User: ").append(turn.text());
        }
        return prompt.append("\nBot:").toString();
    }

    private static void config(Sampling sampling, InvokeTurns turns, UpstreamCall call, JsonOutput out) {
        out.name("textGenerationConfig").beginObject();
        out.optional("maxTokenCount", sampling.maxTokens());
        out.optional("temperature", fraction(sampling.temperature()));
        out.optional("topP", fraction(sampling.topP()));
        stop(sampling.stop(), turns, call, out);
        out.endObject();
    }

    static @Nullable Double fraction(@Nullable Double value) {
        return value == null ? null : Double.valueOf(Math.clamp(value, 0, 1));
    }

    /// It knows no sequences but bars and `User:`.
    private static void stop(List<String> stop, InvokeTurns turns, UpstreamCall call, JsonOutput out) {
        List<String> known = stop.stream().filter(TitanText::isKnown).toList();
        BedrockLosses.tellIf(known.size() < stop.size(), "stop", call);
        boolean conversation = !turns.isOneQuestion() && !known.contains(USER);
        if (known.isEmpty() && !conversation) {
            return;
        }
        out.name("stopSequences").beginArray();
        known.forEach(out::value);
        if (conversation) {
            out.value(USER);
        }
        out.endArray();
    }

    private static boolean isKnown(String sequence) {
        return sequence.equals(USER) || (!sequence.isEmpty() && sequence.chars().allMatch(it -> it == '|'));
    }

    @Override
    public FrameCutter streamCutter() {
        return new AwsChunkCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        return new TitanReplyReader();
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return BedrockErrors.read(status, fields, body);
    }
}
