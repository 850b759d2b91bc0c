package io.deltallm.codec.frame;

/// The headers of one message of an AWS event stream: what the message is, its name, and an error's text. Others are
/// passed over. Confined to its cutter, reused for each message.
final class AwsHeaders {
    private static final int STRING = 7;

    private final Slice messageType = new Slice();
    private final Slice eventType = new Slice();
    private final Slice exceptionType = new Slice();
    private final Slice errorCode = new Slice();
    private final Slice errorMessage = new Slice();
    private Kind kind = Kind.EVENT;

    /// What `:message-type` says.
    enum Kind {
        EVENT,
        EXCEPTION,
        ERROR
    }

    /// A stretch of the message's bytes.
    static final class Slice {
        private int start;
        private int end;

        int start() {
            return start;
        }

        int end() {
            return end;
        }

        private void set(int from, int to) {
            start = from;
            end = to;
        }

        boolean is(byte[] bytes, String ascii) {
            return AwsHeaders.is(bytes, start, end, ascii);
        }
    }

    /// @throws FrameProblem if they are not what the format has
    void read(byte[] bytes, int from, int to) {
        clear(to);
        int at = from;
        while (at < to) {
            int name = at + 1;
            int type = name + (bytes[at] & 0xFF);
            require(type, to);
            int value = type + 1;
            int next = valueEnd(bytes, type, to);
            if (bytes[type] == STRING) {
                keep(bytes, name, type, value + 2, next);
            }
            at = next;
        }
        kind = kind(bytes);
    }

    private Kind kind(byte[] bytes) {
        if (messageType.is(bytes, "exception")) {
            return Kind.EXCEPTION;
        }
        return messageType.is(bytes, "error") ? Kind.ERROR : Kind.EVENT;
    }

    Kind kind() {
        return kind;
    }

    /// The event's or exception's type, the error's code.
    Slice name() {
        return switch (kind) {
            case EVENT -> eventType;
            case EXCEPTION -> exceptionType;
            case ERROR -> errorCode;
        };
    }

    /// An error's text.
    Slice message() {
        return errorMessage;
    }

    private void clear(int end) {
        messageType.set(end, end);
        eventType.set(end, end);
        exceptionType.set(end, end);
        errorCode.set(end, end);
        errorMessage.set(end, end);
    }

    private void keep(byte[] bytes, int name, int nameEnd, int value, int valueEnd) {
        if (is(bytes, name, nameEnd, ":event-type")) {
            eventType.set(value, valueEnd);
        } else if (is(bytes, name, nameEnd, ":message-type")) {
            messageType.set(value, valueEnd);
        } else if (is(bytes, name, nameEnd, ":exception-type")) {
            exceptionType.set(value, valueEnd);
        } else if (is(bytes, name, nameEnd, ":error-code")) {
            errorCode.set(value, valueEnd);
        } else if (is(bytes, name, nameEnd, ":error-message")) {
            errorMessage.set(value, valueEnd);
        }
    }

    /// The index behind the value whose type stands at `type`.
    private static int valueEnd(byte[] bytes, int type, int to) {
        int value = type + 1;
        int end = switch (bytes[type]) {
            case 0, 1 -> value;
            case 2 -> value + 1;
            case 3 -> value + 2;
            case 4 -> value + 4;
            case 5, 8 -> value + 8;
            case 6, STRING -> {
                require(value + 1, to);
                yield value + 2 + ((bytes[value] & 0xFF) << 8 | (bytes[value + 1] & 0xFF));
            }
            case 9 -> value + 16;
            default -> throw new FrameProblem("A header of the event stream is of the unknown type " + bytes[type]);
        };
        if (end > to) {
            throw tooLong();
        }
        return end;
    }

    private static void require(int index, int to) {
        if (index >= to) {
            throw tooLong();
        }
    }

    private static FrameProblem tooLong() {
        return new FrameProblem("A header of the event stream is longer than all headers together");
    }

    private static boolean is(byte[] bytes, int from, int to, String ascii) {
        if (to - from != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
