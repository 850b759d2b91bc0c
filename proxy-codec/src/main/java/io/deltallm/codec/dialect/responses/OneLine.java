package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;

/// JSON without line breaks, as it may stand in an event: a client's tools, which replies repeat, are often written over
/// many lines. A line break in sound JSON is white space; within a string it is escaped. Stateless.
final class OneLine {

    private OneLine() {}

    /// The value itself where it is one line already.
    static RawJson of(RawJson json) {
        byte[] bytes = json.bytes();
        for (int i = json.start(); i < json.end(); i++) {
            if (isBreak(bytes[i])) {
                return joined(json);
            }
        }
        return json;
    }

    private static RawJson joined(RawJson json) {
        byte[] line = new byte[json.length()];
        int length = 0;
        for (int i = json.start(); i < json.end(); i++) {
            if (!isBreak(json.bytes()[i])) {
                line[length++] = json.bytes()[i];
            }
        }
        return new RawJson(line, 0, length);
    }

    private static boolean isBreak(byte value) {
        return value == '\n' || value == '\r';
    }
}
