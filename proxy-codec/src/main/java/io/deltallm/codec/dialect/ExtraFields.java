package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a request that the hub has no word for, at a provider's format. Stateless.
public final class ExtraFields {

    private ExtraFields() {}

    /// Writes those that the format knows by the same name, and tells the others as lost.
    public static void write(ChatRequest request, Set<String> known, UpstreamCall call, JsonOutput out) {
        request.extras().forEach((name, value) -> {
            if (known.contains(name)) {
                out.anyName(name).value(value);
            } else {
                call.lost(name);
            }
        });
    }

    /// Tells a field as lost if the client said something there.
    public static void lost(UpstreamCall call, String name, @Nullable Object said) {
        if (said != null) {
            call.lost(name);
        }
    }

    /// Tells as lost what asks for other answers than the one that there is, or for how likely it was: `n`, `logit_bias`,
    /// `logprobs`.
    public static void lostChoices(UpstreamCall call, Sampling sampling) {
        if (sampling.n() != null && sampling.n() != 1) {
            call.lost("n");
        }
        lost(call, "logit_bias", sampling.logitBias());
        if (Boolean.TRUE.equals(sampling.logprobs())) {
            call.lost("logprobs");
        }
    }
}
