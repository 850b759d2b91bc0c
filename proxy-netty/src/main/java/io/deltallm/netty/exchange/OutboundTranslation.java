package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.Losses;
import io.deltallm.codec.dialect.MediaNeeded;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonProblem;
import io.deltallm.policy.route.Target;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A client's request on its way into another wire format. Made on the exchange's loop, where the body is copied; from then
/// on used by one thread at a time, which may be another.
final class OutboundTranslation {
    /// From here on reading and writing takes long enough that other exchanges of the loop would notice: a millisecond.
    static final int LARGE = 256 * 1024;

    /// What became of it.
    sealed interface Result {
        record Written(TranslatedCall call) implements Result {}

        /// It can only be written with media from elsewhere.
        record Lacking(List<String> urls) implements Result {}

        record Unwritten(GatewayError error) implements Result {}
    }

    private final Translation translation;
    private final Target target;
    private final Route.Relay route;
    private final RawJson body;
    private final ClientCall client;
    private final List<String> betas;
    /// Each once, however often it is told.
    private final Set<String> lost = new LinkedHashSet<>();

    OutboundTranslation(Translation translation, Exchange exchange, Target target) {
        this.translation = translation;
        this.target = target;
        this.route = (Route.Relay) exchange.routed();
        byte[] bytes = ByteBufUtil.getBytes(exchange.body());
        this.body = new RawJson(bytes, 0, bytes.length);
        this.betas = exchange.head().elements("anthropic-beta");
        String model = exchange.outline().model();
        this.client = new ClientCall(
                idOf(exchange.requestIdBytes()),
                model == null ? exchange.group().name() : model,
                exchange.outline().stream() || route.path().stream(),
                exchange.outline().includeUsage(),
                System.currentTimeMillis() / 1000);
    }

    /// A client may choose its request id; ids made from it have letters, digits and hyphens only.
    private static String idOf(byte[] requestId) {
        byte[] id = requestId.clone();
        for (int i = 0; i < id.length; i++) {
            if (!Character.isLetterOrDigit(id[i])) {
                id[i] = '-';
            }
        }
        return new String(id, StandardCharsets.US_ASCII);
    }

    Operation from() {
        return route.operation();
    }

    Operation to() {
        return translation.to();
    }

    boolean large() {
        return body.length() > LARGE;
    }

    /// @param fetched media from elsewhere that the request turned out to need
    Result begin(Map<String, Media.Inline> fetched) {
        try {
            return new Result.Written(write(fetched));
        } catch (MediaNeeded needed) {
            return new Result.Lacking(needed.urls());
        } catch (Refused refused) {
            return new Result.Unwritten(refused.error());
        } catch (JsonProblem problem) {
            return new Result.Unwritten(Refused.body(problem).error());
        } catch (RuntimeException bug) {
            return new Result.Unwritten(GatewayError.of(ErrorCode.INTERNAL, "The gateway failed to translate the request")
                    .causedBy(bug));
        }
    }

    private TranslatedCall write(Map<String, Media.Inline> fetched) {
        lost.clear();
        UpstreamCall upstream = new UpstreamCall(
                target.upstreamModel(),
                target.provider().name(),
                target.provider().quirks(),
                target.maxTokens(),
                target.facts().outputTokens(),
                betas,
                losses());
        return translation.begin(new Asked(body, route.path(), client, target.defaults(), fetched), upstream);
    }

    /// What the provider is not told, since its format has no words for it.
    Set<String> lost() {
        return lost;
    }

    private Losses losses() {
        return target.dropParams() ? lost::add : this::refuse;
    }

    private void refuse(String parameter) {
        throw Refused.request(
                parameter + " cannot be carried to the provider " + target.provider().name()
                        + " (expected: nothing, or drop_params to leave it out)",
                parameter);
    }
}
