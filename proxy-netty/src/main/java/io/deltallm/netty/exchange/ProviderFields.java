package io.deltallm.netty.exchange;

import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What of a provider's head a client sees whose reply is written anew: when to come back, the provider's request id, and
/// its rate limits under names that keep them apart from the gateway's own. Nothing else.
final class ProviderFields {
    private static final String OURS = "llm_provider-";
    private static final Set<String> REQUEST_IDS =
            Set.of("x-request-id", "request-id", "x-amzn-requestid", "apim-request-id", "x-ms-request-id");

    private ProviderFields() {}

    static void carry(ResponseHead from, ResponseHead to) {
        boolean idSeen = false;
        for (int i = 0; i < from.count(); i++) {
            if (!from.passesOn(i)) {
                continue;
            }
            String name = name(from, i);
            if (REQUEST_IDS.contains(name)) {
                if (!idSeen) {
                    to.add(ReplyHeaders.PROVIDER_REQUEST_ID, value(from, i));
                }
                idSeen = true;
            } else if (isRateLimit(name)) {
                to.add(Ascii.bytes(OURS + name), value(from, i));
            } else if (name.equals("retry-after")) {
                to.add(ReplyHeaders.RETRY_AFTER, value(from, i));
            }
        }
    }

    private static boolean isRateLimit(String name) {
        return name.startsWith("x-ratelimit-")
                || name.startsWith("anthropic-ratelimit-")
                || name.startsWith("ratelimit-");
    }

    /// For the reader of an error, which may read them when the connection's head is another's already.
    static ErrorReader.Fields copied(ResponseHead head) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < head.count(); i++) {
            fields.putIfAbsent(name(head, i), head.value(i));
        }
        return fields::get;
    }

    private static String name(ResponseHead head, int index) {
        int start = head.nameStart(index);
        String name = new String(head.bytes(), start, head.nameEnd(index) - start, StandardCharsets.ISO_8859_1);
        return name.toLowerCase(Locale.ROOT);
    }

    private static byte[] value(ResponseHead head, int index) {
        return head.value(index).getBytes(StandardCharsets.ISO_8859_1);
    }
}
