package io.deltallm.codec.frame;

import io.deltallm.codec.chat.RawJson;
import java.nio.charset.StandardCharsets;

/// One event of a streamed reply, or the whole body of a plain one: a view of its cutter's bytes, valid until the call
/// that hands it over returns. Written by cutters only.
public final class Frame {
    private byte[] bytes = {};
    private int start;
    private int end;
    private String event = "";

    /// Points it at the data of an event.
    public Frame set(byte[] text, int from, int to, String name) {
        bytes = text;
        start = from;
        end = to;
        event = name;
        return this;
    }

    /// A frame of its own, for whoever has one text.
    public static Frame of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new Frame().set(utf8, 0, utf8.length, "");
    }

    public byte[] bytes() {
        return bytes;
    }

    /// The first byte of the data.
    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    public int length() {
        return end - start;
    }

    /// The event's name: SSE's `event`, AWS's `:event-type` (an exception's is `!` and its `:exception-type`); empty
    /// where it has none.
    public String event() {
        return event;
    }

    public boolean isEmpty() {
        return start == end;
    }

    /// Whether the data is this text.
    public boolean is(String ascii) {
        if (length() != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[start + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    public String text() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    public RawJson raw() {
        return new RawJson(bytes, start, end);
    }
}
