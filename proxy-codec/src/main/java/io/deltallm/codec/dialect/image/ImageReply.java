package io.deltallm.codec.dialect.image;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;

/// The pictures that came. Borrows the reply's bytes.
///
/// @param images base64, each a JSON string
record ImageReply(List<RawJson> images) {

    ImageReply {
        images = List.copyOf(images);
    }

    /// In OpenAI's form.
    void write(ClientCall call, JsonOutput out) {
        out.beginObject().member("created", call.createdEpochSeconds()).name("data").beginArray();
        for (RawJson image : images) {
            out.beginObject().member("b64_json", image).endObject();
        }
        out.endArray().endObject();
    }
}
