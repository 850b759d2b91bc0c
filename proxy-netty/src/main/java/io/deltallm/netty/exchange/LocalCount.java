package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.anthropic.CountTokens;
import io.deltallm.codec.dialect.gemini.GenerateContent;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import io.deltallm.netty.offload.Patience;
import io.deltallm.policy.model.Answer;
import io.deltallm.policy.model.TokenCounter;
import io.deltallm.policy.route.Target;
import java.util.concurrent.Callable;

/// Counts the tokens of a chat that a client wants counted, where the provider does not. Called through Offload: it takes
/// time in proportion to the text.
///
/// @param body the client's whole body, a copy
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record LocalCount(TokenCounter tokens, Target target, Route.Relay route, byte[] body) implements Callable<Answer> {
    static final Patience PATIENCE = Patience.usual(ErrorCode.OVERLOADED, "the tokens were not counted");
    private static final GenerateContent GEMINI = new GenerateContent();

    /// Whether what is asked for is a count.
    static boolean answers(Operation asked) {
        return asked == Operation.MESSAGES_COUNT_TOKENS || asked == Operation.GEMINI_COUNT_TOKENS;
    }

    @Override
    public Answer call() {
        try {
            long counted = tokens.chat(target, read(new JsonCursor().over(new RawJson(body, 0, body.length))));
            return new Answer.Given(written(counted));
        } catch (Refused refused) {
            return new Answer.Refused(refused.error());
        } catch (JsonProblem problem) {
            return new Answer.Refused(Refused.body(problem).error());
        }
    }

    private boolean gemini() {
        return route.operation() == Operation.GEMINI_COUNT_TOKENS;
    }

    private ChatRequest read(JsonCursor json) {
        return gemini() ? GEMINI.readCountRequest(json, route.path()) : CountTokens.readCountRequest(json);
    }

    private byte[] written(long counted) {
        JsonOutput out = new JsonOutput();
        if (gemini()) {
            GEMINI.writeCount(counted, out);
        } else {
            CountTokens.writeCount(counted, out);
        }
        return out.toBytes();
    }
}
