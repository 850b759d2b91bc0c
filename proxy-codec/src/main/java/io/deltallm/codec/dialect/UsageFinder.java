package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonText;
import io.deltallm.codec.json.JsonWalker;
import io.deltallm.codec.json.NestedValue;
import io.deltallm.codec.json.Swar;
import java.nio.ByteBuffer;

/// Finds the usage object in one JSON document, fed in pieces cut anywhere: as a member of the document, of `response`
/// (Responses events), of `x_groq`, or as `tokens` or `billed_units` of `meta` (rerank). A key of that name anywhere
/// else, or the word in a string, is not it.
///
/// Only those levels are read key by key; whatever is nested deeper is passed by counting brackets, eight bytes at a
/// time. It trusts the provider's grammar: on a reply that is no JSON it finds nothing, or nonsense, but never fails.
/// Confined to one exchange.
final class UsageFinder {

    /// Where the next byte belongs.
    private enum State {
        /// Before the document's opening brace.
        START,
        /// At a level whose keys matter.
        SHALLOW,
        /// Within a key of such a level.
        KEY,
        /// Within the array `choices`, before its first element or end.
        CHOICES,
        /// Within a value whose content does not matter.
        NESTED,
        /// Within the usage object.
        USAGE,
        /// Past the end, or in what is no JSON object.
        IGNORED
    }

    /// The member at hand.
    private enum Member {
        USAGE,
        CHOICES,
        RESPONSE,
        X_GROQ,
        META,
        TOKENS,
        BILLED_UNITS,
        OTHER
    }

    private static final int NAME_BYTES = 16;

    private final UsageFields fields;
    private final JsonWalker usage;
    private final NestedValue nested = new NestedValue();
    private final JsonText name = new JsonText(NAME_BYTES);

    private State state = State.START;
    private Member member = Member.OTHER;
    private Member parent = Member.OTHER;
    private boolean expectKey;
    private int depth;
    private boolean found;
    private boolean choicesEmpty;

    UsageFinder(UsageFields fields) {
        this.fields = fields;
        this.usage = new JsonWalker(fields, UsageFields.MAX_DEPTH, UsageFields.KEY_DEPTH);
    }

    /// The next byte is the first of a new document.
    void begin() {
        state = State.START;
        depth = 0;
        found = false;
        choicesEmpty = false;
    }

    /// Ignores all that comes.
    void beginIgnoring() {
        begin();
        state = State.IGNORED;
    }

    /// Whether a usage object was read to its end since [#begin].
    boolean found() {
        return found;
    }

    /// Whether `choices` is an empty array.
    boolean choicesEmpty() {
        return choicesEmpty;
    }

    void feed(ByteBuffer view, int from, int to) {
        int at = from;
        while (at < to && state != State.IGNORED) {
            at = switch (state) {
                case START -> start(view.get(at), at);
                case SHALLOW -> shallow(view.get(at), at);
                case KEY -> key(view, at, to);
                case CHOICES -> choices(view.get(at), at);
                case NESTED -> nested(view, at, to);
                case USAGE -> usage(view, at, to);
                case IGNORED -> to;
            };
        }
    }

    private int start(byte value, int at) {
        if (value == '{') {
            depth = 1;
            enter(Member.OTHER);
        } else if (value != ' ' && value != '\n' && value != '\r' && value != '\t') {
            state = State.IGNORED;
        }
        return at + 1;
    }

    /// Reads the keys of the object just opened.
    private void enter(Member newParent) {
        parent = newParent;
        member = Member.OTHER;
        expectKey = true;
        state = State.SHALLOW;
    }

    private int shallow(byte value, int at) {
        switch (value) {
            case '"' -> openString();
            case ',' -> {
                expectKey = true;
                member = Member.OTHER;
            }
            case ':' -> expectKey = false;
            case '{' -> {
                return openObject(at);
            }
            case '[' -> openArray();
            case '}', ']' -> leave();
            default -> {}
        }
        return at + 1;
    }

    private void leave() {
        if (--depth == 0) {
            state = State.IGNORED;
        } else {
            parent = Member.OTHER;
            expectKey = false;
        }
    }

    private void openString() {
        if (expectKey) {
            name.begin(NAME_BYTES);
            state = State.KEY;
        } else {
            nested.beginString();
            state = State.NESTED;
        }
    }

    private void openArray() {
        nested.beginContainer();
        state = depth == 1 && member == Member.CHOICES ? State.CHOICES : State.NESTED;
    }

    private int openObject(int at) {
        if (isUsage()) {
            usage.begin();
            fields.begin();
            state = State.USAGE;
            return at;
        }
        boolean mayHoldUsage = member == Member.RESPONSE || member == Member.X_GROQ || member == Member.META;
        if (depth == 1 && mayHoldUsage) {
            depth = 2;
            enter(member);
        } else {
            nested.beginContainer();
            state = State.NESTED;
        }
        return at + 1;
    }

    private boolean isUsage() {
        return switch (member) {
            case USAGE -> depth == 1 || parent == Member.RESPONSE || (parent == Member.X_GROQ && !found);
            // What was billed differs from what was used; it counts only where nothing else is said.
            case TOKENS -> parent == Member.META;
            case BILLED_UNITS -> parent == Member.META && !found;
            default -> false;
        };
    }

    private int usage(ByteBuffer view, int from, int to) {
        int at = usage.feed(view, from, to);
        if (usage.done()) {
            found |= fields.statesAnything();
            state = State.SHALLOW;
        } else if (at < to) {
            state = State.IGNORED;
        }
        return at;
    }

    private int key(ByteBuffer view, int from, int to) {
        int stop = Swar.stringStop(view, from, to);
        name.append(view, from, stop);
        if (stop == to) {
            return to;
        }
        if (view.get(stop) != '"') {
            // No key that matters is written with an escape by any provider: this one is another.
            nested.beginString();
            state = State.NESTED;
            return stop;
        }
        member = named();
        state = State.SHALLOW;
        return stop + 1;
    }

    private Member named() {
        return switch (name.length()) {
            case 4 -> name.isAscii("meta") ? Member.META : Member.OTHER;
            case 5 -> name.isAscii("usage") ? Member.USAGE : Member.OTHER;
            case 6 -> name.isAscii("x_groq") ? Member.X_GROQ : name.isAscii("tokens") ? Member.TOKENS : Member.OTHER;
            case 7 -> name.isAscii("choices") ? Member.CHOICES : Member.OTHER;
            case 8 -> name.isAscii("response") ? Member.RESPONSE : Member.OTHER;
            case 12 -> name.isAscii("billed_units") ? Member.BILLED_UNITS : Member.OTHER;
            default -> Member.OTHER;
        };
    }

    private int choices(byte value, int at) {
        if (value == ']') {
            choicesEmpty = true;
            state = State.SHALLOW;
            return at + 1;
        }
        if (value == ' ' || value == '\n' || value == '\r' || value == '\t') {
            return at + 1;
        }
        state = State.NESTED;
        return at;
    }

    private int nested(ByteBuffer view, int from, int to) {
        int at = nested.feed(view, from, to);
        if (nested.ended()) {
            state = State.SHALLOW;
        }
        return at;
    }
}
