package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import org.jspecify.annotations.Nullable;

/// Reads the error replies of OpenAI and of all who answer in its form, more or less: Azure, Mistral, xAI, OpenRouter,
/// vLLM, and the HTML of proxies in between. Thread-safe, stateless.
public final class OpenAiErrorReader implements ErrorReader {
    private static final int LONGEST_TEXT = 300;

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        GatewayError error = ErrorKinds.ofReply(status, error(body));
        long wait = retryAfterSeconds(fields);
        return wait > 0 ? error.retryAfter(wait) : error;
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

    /// How long to wait; 0 where nothing is said, or only by a date, since there is no clock here.
    static long retryAfterSeconds(Fields fields) {
        double millis = number(fields.get("retry-after-ms"));
        double seconds = millis > 0 ? millis / 1000 : number(fields.get("retry-after"));
        return seconds > 0 && seconds < Integer.MAX_VALUE ? (long) Math.ceil(seconds) : 0;
    }

    private static double number(@Nullable String field) {
        String text = field == null ? "" : field.strip();
        if (text.isEmpty() || !text.chars().allMatch(digit -> (digit >= '0' && digit <= '9') || digit == '.')) {
            return 0;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
