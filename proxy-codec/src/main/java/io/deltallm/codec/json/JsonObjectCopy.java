package io.deltallm.codec.json;

import io.deltallm.codec.chat.RawJson;
import java.nio.charset.StandardCharsets;

/// Copies an object in the bytes it was written in, but for a few members: spacing, order, escapes and members named twice
/// survive. Its user goes through the members with a [JsonCursor] and says of each value, in turn, what becomes of it; then
/// [#add]s what is missing, and [#end]s. Confined to its user.
public final class JsonObjectCopy {
    private final byte[] bytes;
    private final int objectEnd;
    private final JsonOutput out;
    /// What stands before is done with: the end of the last value, or the opening brace's.
    private int done;
    private boolean any;

    public JsonObjectCopy(RawJson object, JsonOutput out) {
        this.bytes = object.bytes();
        this.objectEnd = object.end();
        this.out = out;
        done = token(object.start()) + 1;
        out.literal(bytes, object.start(), done);
    }

    public void keep(RawJson value) {
        copyTo(value.end());
        done = value.end();
    }

    /// Keeps the member's name.
    public void replace(RawJson value, String literal) {
        copyTo(value.start());
        out.literal(literal.getBytes(StandardCharsets.UTF_8));
        done = value.end();
    }

    public void drop(RawJson value) {
        done = value.end();
    }

    /// Behind all others.
    public void add(String name, String literal) {
        String member = (any ? "," : "") + JsonString.quoted(name) + ":" + literal;
        out.literal(member.getBytes(StandardCharsets.UTF_8));
        any = true;
    }

    public void end() {
        out.literal(bytes, done, objectEnd);
    }

    /// The first member that is kept needs no comma, even where those before it are dropped.
    private void copyTo(int end) {
        int token = token(done);
        boolean spareComma = !any && bytes[token] == ',';
        out.literal(bytes, spareComma ? token + 1 : done, end);
        any = true;
    }

    private int token(int from) {
        int at = from;
        while (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t') {
            at++;
        }
        return at;
    }
}
