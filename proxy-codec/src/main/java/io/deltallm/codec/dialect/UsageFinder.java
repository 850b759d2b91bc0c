package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonNames;
import io.deltallm.codec.json.JsonText;
import io.deltallm.codec.json.JsonWalker;
import io.deltallm.codec.json.NestedValue;
import io.deltallm.codec.json.Swar;
import java.util.Map;

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
    private static final JsonNames<Member> MEMBERS = new JsonNames<>(
            Map.of(
                    "usage", Member.USAGE,
                    "choices", Member.CHOICES,
                    "response", Member.RESPONSE,
                    "x_groq", Member.X_GROQ,
                    "meta", Member.META,
                    "tokens", Member.TOKENS,
                    "billed_units", Member.BILLED_UNITS),
            Member.OTHER);

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

    /// Whether nothing that comes matters any more.
    boolean ignoring() {
        return state == State.IGNORED;
    }

    /// Whether a usage object was read to its end since [#begin].
    boolean found() {
        return found;
    }

    /// Whether `choices` is an empty array.
    boolean choicesEmpty() {
        return choicesEmpty;
    }

    void feed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && state != State.IGNORED) {
            at = switch (state) {
                case START -> start(bytes[at], at);
                case SHALLOW -> shallow(bytes, at, to);
                case KEY -> key(bytes, at, to);
                case CHOICES -> choices(bytes[at], at);
                case NESTED -> nested(bytes, at, to);
                case USAGE -> usage(bytes, at, to);
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

    private int shallow(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            switch (bytes[at]) {
                case '"' -> {
                    return openString(bytes, at + 1, to);
                }
                case ',' -> {
                    expectKey = true;
                    member = Member.OTHER;
                }
                case ':' -> expectKey = false;
                case '{' -> {
                    return openObject(bytes, at, to);
                }
                case '[' -> {
                    return openArray(bytes, at + 1, to);
                }
                case '}', ']' -> {
                    leave();
                    return at + 1;
                }
                default -> {}
            }
        }
        return to;
    }

    private void leave() {
        if (--depth == 0) {
            state = State.IGNORED;
        } else {
            parent = Member.OTHER;
            expectKey = false;
        }
    }

    private int openString(byte[] bytes, int at, int to) {
        if (expectKey) {
            name.begin(NAME_BYTES);
            state = State.KEY;
            return key(bytes, at, to);
        }
        nested.beginString();
        return nested(bytes, at, to);
    }

    private int openArray(byte[] bytes, int at, int to) {
        nested.beginContainer();
        if (depth == 1 && member == Member.CHOICES) {
            state = State.CHOICES;
            return at;
        }
        return nested(bytes, at, to);
    }

    private int openObject(byte[] bytes, int at, int to) {
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
            return at + 1;
        }
        nested.beginContainer();
        return nested(bytes, at + 1, to);
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

    private int usage(byte[] bytes, int from, int to) {
        int at = usage.feed(bytes, from, to);
        if (usage.done()) {
            found |= fields.statesAnything();
            state = State.SHALLOW;
        } else if (at < to) {
            state = State.IGNORED;
        }
        return at;
    }

    private int key(byte[] bytes, int from, int to) {
        int stop = Swar.stringStop(bytes, from, to);
        name.append(bytes, from, stop);
        if (stop == to) {
            return to;
        }
        if (bytes[stop] != '"') {
            // No key that matters is written with an escape by any provider: this one is another.
            nested.beginString();
            return nested(bytes, stop, to);
        }
        member = MEMBERS.meaning(name);
        state = State.SHALLOW;
        return stop + 1;
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

    private int nested(byte[] bytes, int from, int to) {
        int at = nested.feed(bytes, from, to);
        state = nested.ended() ? State.SHALLOW : State.NESTED;
        return at;
    }
}
