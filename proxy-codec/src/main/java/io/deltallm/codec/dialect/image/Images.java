package io.deltallm.codec.dialect.image;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.Translation;
import java.util.List;

/// Who makes pictures in a format other than the clients': the one table. Thread-safe.
public final class Images {

    private Images() {}

    /// From [Operation#IMAGES_GENERATIONS] to every other format.
    public static List<Translation> all() {
        return List.of(
                new ImageTranslation(new StabilityImage(), Operation.STABILITY_IMAGE),
                new ImageTranslation(new VertexImage(), Operation.VERTEX_IMAGE),
                new ImageTranslation(new TitanImage(), Operation.INVOKE_TITAN_IMAGE),
                new ImageTranslation(new GeminiImage(), Operation.GENERATE_CONTENT));
    }
}
