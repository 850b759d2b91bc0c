package io.deltallm.codec.http;

/// Numbers as the protocol writes them, straight into bytes.
final class Decimal {
    private Decimal() {}

    /// Writes `value` in decimal at `at` and returns the position behind it; at most 20 bytes.
    static int write(byte[] target, int at, long value) {
        if (value < 0) {
            target[at] = '-';
            return writeDigits(target, at + 1, value == Long.MIN_VALUE ? Long.MAX_VALUE : -value);
        }
        return writeDigits(target, at, value);
    }

    private static int writeDigits(byte[] target, int at, long value) {
        int end = at + digits(value);
        long rest = value;
        for (int i = end - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long bound = 10; digits < 19 && value >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }

    /// Reads digits only: no sign, no space, no list (RFC 9110 section 8.6). -1 if it is not such a number or too large.
    static long parse(byte[] bytes, int start, int end) {
        if (start == end || end - start > 18) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
