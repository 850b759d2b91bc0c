package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonName;
import io.deltallm.codec.json.JsonVisitor.Kind;
import io.deltallm.codec.json.JsonWalker;

/// Notes where a body of Google's names its model within, besides at its top: in each request of a batch of embeddings
/// (`requests[].model`), and in the request whose tokens are to be counted (`generateContentRequest.model`). Confined to one
/// connection.
final class NestedModels {
    private static final int TOP = 1;
    private static final JsonName MODEL = JsonName.of("model");
    private static final JsonName REQUESTS = JsonName.of("requests");
    private static final JsonName COUNTED = JsonName.of("generateContentRequest");

    private final RequestOutline outline;
    /// Where a model's name may stand below the member that is read; 0 where it may not.
    private int depth;
    private boolean atModel;

    NestedModels(RequestOutline outline) {
        this.outline = outline;
    }

    void key(JsonWalker json) {
        if (json.depth() == TOP) {
            depth = json.key().is(REQUESTS) ? TOP + 2 : json.key().is(COUNTED) ? TOP + 1 : 0;
        }
        atModel = json.depth() == depth && json.key().is(MODEL);
    }

    void scalar(JsonWalker json, Kind kind) {
        if (atModel && json.depth() == depth && kind == Kind.STRING) {
            outline.addNestedModel((int) json.tokenStart(), (int) json.tokenEnd());
        }
        atModel = false;
    }
}
