package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Part;
import java.util.ArrayList;
import java.util.List;

/// The ids under which calls and their results go to the host: as they are, made up where the client's format has none,
/// or brought to nine letters and digits where the host insists. A result without an id belongs to the first open call of
/// its name. Confined to one request.
final class ToolCallIds {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int NINE = 9;

    private final boolean nineLetters;
    private final List<OpenCall> open = new ArrayList<>();
    private int made;

    ToolCallIds(boolean nineLetters) {
        this.nineLetters = nineLetters;
    }

    String of(Part.ToolCall call) {
        if (!call.id().isEmpty()) {
            return fitting(call.id());
        }
        String id = fitting("call_" + ++made);
        open.add(new OpenCall(id, call.name()));
        return id;
    }

    String of(Part.ToolResult result) {
        if (!result.callId().isEmpty()) {
            return fitting(result.callId());
        }
        for (OpenCall call : open) {
            if (result.name() == null || result.name().equals(call.name)) {
                open.remove(call);
                return call.id;
            }
        }
        return open.isEmpty() ? fitting("call_" + ++made) : open.removeFirst().id;
    }

    private String fitting(String id) {
        return nineLetters && !isNineLetters(id) ? hashed(id) : id;
    }

    private static boolean isNineLetters(String id) {
        return id.length() == NINE && id.chars().allMatch(letter -> LETTERS.indexOf(letter) >= 0);
    }

    /// The same nine letters for the same id: a 64-bit FNV-1a in base 62.
    private static String hashed(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        StringBuilder letters = new StringBuilder(NINE);
        for (int i = 0; i < NINE; i++) {
            letters.append(LETTERS.charAt((int) Long.remainderUnsigned(hash, LETTERS.length())));
            hash = Long.divideUnsigned(hash, LETTERS.length());
        }
        return letters.toString();
    }

    private record OpenCall(String id, String name) {}
}
