package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonSyntax;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A call of a tool, in the form of an item that its client knows it by.
final class CallItem implements OutputItem {
    private static final RawJson NO_ARGUMENTS = RawJson.ofText("{}");
    private static final RawJson LOCAL = RawJson.ofLiteral("{\"type\":\"local\"}");

    private int index;
    private final RawJson id;
    private final int tool;
    private final RawJson callId;
    private final RawJson name;
    private final @Nullable CallForm form;
    private final @Nullable RawJson signature;
    private final GrowingString arguments = new GrowingString();
    private ItemStatus status = ItemStatus.IN_PROGRESS;

    /// @param tool which of the reply's calls it is
    /// @param form null for a function
    /// @param signature Gemini's mark on the call
    CallItem(
            int index,
            RawJson id,
            int tool,
            RawJson callId,
            RawJson name,
            @Nullable CallForm form,
            @Nullable RawJson signature) {
        this.index = index;
        this.id = id;
        this.tool = tool;
        this.callId = callId;
        this.name = form == null ? name : RawJson.ofText(form.name());
        this.form = form;
        this.signature = signature;
    }

    int tool() {
        return tool;
    }

    RawJson name() {
        return name;
    }

    CallKind kind() {
        return form == null ? CallKind.FUNCTION : form.kind();
    }

    /// What a custom tool is given.
    RawJson input() {
        return open() ? RawJson.EMPTY_STRING : FreeText.of(arguments.view());
    }

    GrowingString arguments() {
        return arguments;
    }

    /// Where it turns out to stand.
    void place(int place) {
        index = place;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public RawJson id() {
        return id;
    }

    @Override
    public boolean open() {
        return status == ItemStatus.IN_PROGRESS;
    }

    /// A call that came without arguments has none.
    @Override
    public void close(ItemStatus end) {
        if (arguments.isEmpty() && end == ItemStatus.COMPLETED) {
            arguments.append(NO_ARGUMENTS);
        }
        status = end;
    }

    @Override
    public void write(JsonOutput out) {
        CallKind kind = kind();
        out.beginObject().member("id", id).member("type", kind.itemType()).member("status", status.word());
        switch (kind) {
            case FUNCTION -> named("arguments", arguments.view(), out);
            case CUSTOM -> named("input", input(), out);
            case LOCAL_SHELL, APPLY_PATCH -> whole(kind, out);
            case SHELL -> whole(kind, out).member("environment", LOCAL);
            case TOOL_SEARCH -> whole(kind, out).member("execution", "client");
        }
        if (signature != null) {
            out.name("extra_content").beginObject().name("google").beginObject();
            out.member("thought_signature", signature).endObject().endObject();
        }
        out.endObject();
    }

    private void named(String member, RawJson text, JsonOutput out) {
        out.member(member, text).member("call_id", callId).member("name", name);
        if (form != null) {
            out.optional("namespace", form.namespace());
        }
    }

    /// An object where others have a text; what is no object says nothing.
    private JsonOutput whole(CallKind kind, JsonOutput out) {
        String text = arguments.view().text();
        RawJson object = JsonSyntax.isObject(text) ? RawJson.ofLiteral(text) : RawJson.EMPTY_OBJECT;
        out.member("call_id", callId).name(Objects.requireNonNull(kind.member())).beginObject();
        Set<String> said = new HashSet<>();
        JsonCursor cursor = new JsonCursor().over(object);
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            said.add(member);
            out.anyName(member).value(cursor.raw());
        }
        kind.demanded().forEach((member, value) -> {
            if (!said.contains(member)) {
                out.member(member, value);
            }
        });
        return out.endObject();
    }
}
