package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// A request whose reply is plain and converted whole. Confined to one attempt.
///
/// @param errors reads the provider's error replies
public record WholeCall(JsonOutput body, String contentType, ErrorReader errors, Conversion conversion)
        implements TranslatedCall {

    /// With a body of JSON.
    public static WholeCall json(JsonOutput body, ErrorReader errors, Conversion conversion) {
        return new WholeCall(body, "application/json", errors, conversion);
    }

    /// From the provider's reply to the client's.
    @FunctionalInterface
    public interface Conversion {
        /// @param fields the reply's header fields
        /// @param body borrowed for the call
        /// @return what the provider says was used; null where it says nothing
        @Nullable Usage convert(Fields fields, Frame body, JsonOutput out);
    }

    @Override
    public boolean streamed() {
        return false;
    }

    @Override
    public ReplyTranslation reply(int status, Fields fields) {
        return status >= 400
                ? WholeReply.ofError(errors, status, fields)
                : new WholeReply((body, out) -> conversion.convert(fields, body, out));
    }
}
