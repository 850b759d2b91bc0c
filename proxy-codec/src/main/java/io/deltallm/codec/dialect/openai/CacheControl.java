package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// `cache_control`, which clients of gateways set in OpenAI's format as in Anthropic's. Stateless.
final class CacheControl {

    private CacheControl() {}

    static @Nullable CacheMark read(JsonCursor body) {
        if (body.skipNull()) {
            return null;
        }
        String ttl = null;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("ttl") && body.kind() == JsonKind.STRING) {
                ttl = body.string();
            }
        }
        return new CacheMark(ttl);
    }

    static void write(@Nullable CacheMark mark, JsonOutput out) {
        if (mark != null) {
            out.name("cache_control").beginObject().member("type", "ephemeral").optional("ttl", mark.ttl()).endObject();
        }
    }
}
