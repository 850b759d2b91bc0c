package io.deltallm.codec.json;

/// The grammar of a JSON number, one byte at a time (RFC 8259, section 6).
final class JsonNumber {

    /// What was read last.
    private enum Part {
        /// The sign; a digit has to follow.
        MINUS(false),
        /// A leading zero; no digit may follow.
        ZERO(true),
        /// Digits of the integer.
        INTEGER(true),
        /// The point; a digit has to follow.
        POINT(false),
        /// Digits of the fraction.
        FRACTION(true),
        /// The `e`; a sign or a digit has to follow.
        EXPONENT(false),
        /// The sign of the exponent; a digit has to follow.
        EXPONENT_SIGN(false),
        /// Digits of the exponent.
        EXPONENT_DIGITS(true);

        private final boolean complete;

        Part(boolean complete) {
            this.complete = complete;
        }
    }

    private Part part = Part.ZERO;

    /// Takes the first byte; false where no number begins so.
    boolean begin(byte value) {
        if (value == '-') {
            part = Part.MINUS;
        } else if (value == '0') {
            part = Part.ZERO;
        } else if (isDigit(value)) {
            part = Part.INTEGER;
        } else {
            return false;
        }
        return true;
    }

    /// Takes the next byte; false, and nothing taken, where the number ends before it.
    boolean accept(byte value) {
        return isDigit(value) ? digit(value) : sign(value);
    }

    private boolean digit(byte value) {
        switch (part) {
            case MINUS -> part = value == '0' ? Part.ZERO : Part.INTEGER;
            case ZERO -> {
                return false;
            }
            case POINT -> part = Part.FRACTION;
            case EXPONENT, EXPONENT_SIGN -> part = Part.EXPONENT_DIGITS;
            case INTEGER, FRACTION, EXPONENT_DIGITS -> {}
        }
        return true;
    }

    private boolean sign(byte value) {
        if (value == '.' && (part == Part.ZERO || part == Part.INTEGER)) {
            part = Part.POINT;
        } else if ((value == 'e' || value == 'E') && (part.complete && part != Part.EXPONENT_DIGITS)) {
            part = Part.EXPONENT;
        } else if ((value == '+' || value == '-') && part == Part.EXPONENT) {
            part = Part.EXPONENT_SIGN;
        } else {
            return false;
        }
        return true;
    }

    /// Whether what was taken is a whole number.
    boolean complete() {
        return part.complete;
    }

    /// The end of a number that stands whole in [from, to) and has neither sign nor exponent, as nearly all have; -1 where
    /// it has to be read byte by byte.
    static int plainEnd(byte[] bytes, int from, int to) {
        int at = digitsEnd(bytes, from, to);
        if (at == from || (bytes[from] == '0' && at > from + 1)) {
            return -1;
        }
        if (at < to && bytes[at] == '.') {
            int point = at;
            at = digitsEnd(bytes, point + 1, to);
            if (at == point + 1) {
                return -1;
            }
        }
        return at >= to || (bytes[at] | 0x20) == 'e' ? -1 : at;
    }

    private static int digitsEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isDigit(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }
}
