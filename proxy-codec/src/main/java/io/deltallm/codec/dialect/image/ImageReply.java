package io.deltallm.codec.dialect.image;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pictures that came. Borrows the reply's bytes.
///
/// @param images base64, each a JSON string
/// @param usage null where the provider says nothing
record ImageReply(List<RawJson> images, @Nullable Usage usage) {

    ImageReply {
        images = List.copyOf(images);
    }

    ImageReply(List<RawJson> images) {
        this(images, null);
    }

    /// In OpenAI's form.
    void write(ClientCall call, JsonOutput out) {
        out.beginObject().member("created", call.createdEpochSeconds()).name("data").beginArray();
        for (RawJson image : images) {
            out.beginObject().member("b64_json", image).endObject();
        }
        out.endArray();
        if (usage != null) {
            write(usage, out.name("usage"));
        }
        out.endObject();
    }

    /// What was read are words only.
    private static void write(Usage usage, JsonOutput out) {
        out.beginObject().member("input_tokens", usage.promptTokens()).member("output_tokens", usage.completionTokens());
        out.member("total_tokens", usage.totalTokens()).name("input_tokens_details").beginObject();
        out.member("text_tokens", usage.promptTokens()).member("image_tokens", 0).endObject().endObject();
    }
}
