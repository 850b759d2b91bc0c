package io.deltallm.codec.json;

/// What a [JsonWalker] tells while it walks, down to the depth it was made for and of what opens and closes just below.
/// Called in document order; everything else is asked of the walker, and only during the call.
public interface JsonVisitor {

    /// What a value without members can be.
    enum Kind {
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL
    }

    /// A key of the object at [JsonWalker#depth]; its name is [JsonWalker#key].
    void key(JsonWalker json);

    /// An object or array began; the depth already counts it, so the document itself opens at 1.
    void open(JsonWalker json, boolean object);

    /// An object or array ended; the depth still counts it.
    void close(JsonWalker json, boolean object);

    /// A value within the container at [JsonWalker#depth]. Its text is there only if it was asked for by
    /// [JsonWalker#capture] at its key.
    void scalar(JsonWalker json, Kind kind);
}
