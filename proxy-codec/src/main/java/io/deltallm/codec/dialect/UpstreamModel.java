package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonString;
import java.nio.charset.StandardCharsets;

/// The provider's name of a model, as text and as the bytes that stand for it in a body. Made once per target, so that
/// no request pays for it. Immutable.
public final class UpstreamModel {
    private final String name;
    private final byte[] utf8;
    private final byte[] quoted;

    public UpstreamModel(String name) {
        this.name = name;
        this.utf8 = name.getBytes(StandardCharsets.UTF_8);
        this.quoted = JsonString.quoted(utf8);
    }

    String name() {
        return name;
    }

    /// The bare name, as in a form.
    byte[] utf8() {
        return utf8;
    }

    /// As a JSON string.
    byte[] quoted() {
        return quoted;
    }
}
