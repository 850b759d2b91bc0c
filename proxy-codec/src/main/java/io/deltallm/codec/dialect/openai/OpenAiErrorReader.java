package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;

/// Reads the error replies of OpenAI and of all who answer in its form, more or less: Azure, Mistral, xAI, OpenRouter,
/// vLLM, and the HTML of proxies in between. Thread-safe, stateless.
public final class OpenAiErrorReader implements ErrorReader {
    private static final int LONGEST_TEXT = 300;

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        GatewayError error = ErrorKinds.ofReply(status, error(body));
        long wait = fields.retryAfterSeconds();
        return wait > 0 ? error.retryAfter(wait) : error;
    }

    /// What the error object within a reply means that began as a good one.
    public static GatewayError inReply(RawJson error) {
        return ErrorKinds.inReply(ProviderError.read(error));
    }

    private static ProviderError error(Frame body) {
        int at = body.start();
        while (at < body.end() && body.bytes()[at] <= ' ' && body.bytes()[at] >= 0) {
            at++;
        }
        if (at == body.end() || body.bytes()[at] == '<') {
            return ProviderError.NOTHING;
        }
        return switch (body.bytes()[at]) {
            case '{', '[', '"' -> ProviderError.read(body.raw());
            default -> new ProviderError(shortened(body.text().strip()), "", "", null, 0);
        };
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
