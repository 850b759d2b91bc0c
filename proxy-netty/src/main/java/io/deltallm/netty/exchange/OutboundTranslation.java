package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.Losses;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.policy.route.Target;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// A client's request on its way into another wire format. Confined to one exchange.
final class OutboundTranslation {
    private final Translation translation;
    private final Target target;
    private final Route.Relay route;
    private final RawJson body;
    private final ClientCall client;
    /// Each once, however often it is told.
    private final Set<String> lost = new LinkedHashSet<>();

    OutboundTranslation(Translation translation, Exchange exchange, Target target) {
        this.translation = translation;
        this.target = target;
        this.route = (Route.Relay) exchange.routed();
        byte[] bytes = ByteBufUtil.getBytes(exchange.body());
        this.body = new RawJson(bytes, 0, bytes.length);
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

    /// @param fetched media from elsewhere that the request turned out to need
    /// @throws io.deltallm.codec.dialect.Refused if the request cannot be carried over
    /// @throws io.deltallm.codec.dialect.MediaNeeded if it can only be with more media
    TranslatedCall begin(Map<String, Media.Inline> fetched) {
        lost.clear();
        UpstreamCall upstream = new UpstreamCall(
                target.upstreamModel(),
                target.provider().name(),
                target.provider().quirks(),
                target.maxTokens(),
                target.facts().outputTokens(),
                losses());
        return translation.begin(body, route.path(), client, upstream, target.defaults(), fetched);
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
