package io.deltallm.policy.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A number of bytes, written as `10MB` (decimal), `64KiB` (binary) or `512` (bytes).
public record ByteSize(long bytes) {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative: " + bytes);
        }
    }

    public static ByteSize ofKibibytes(long kibibytes) {
        return new ByteSize(Math.multiplyExact(kibibytes, 1L << 10));
    }

    public static ByteSize ofMebibytes(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    /// The size, or null where `text` is none.
    public static @Nullable ByteSize parse(String text) {
        String trimmed = text.trim();
        int digits = 0;
        while (digits < trimmed.length() && (Character.isDigit(trimmed.charAt(digits)) || trimmed.charAt(digits) == '_')) {
            digits++;
        }
        long factor = factor(trimmed.substring(digits).trim());
        if (digits == 0 || factor < 0) {
            return null;
        }
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(trimmed.substring(0, digits).replace("_", "")), factor));
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static long factor(String unit) {
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "", "B" -> 1;
            case "KB" -> 1_000;
            case "MB" -> 1_000_000;
            case "GB" -> 1_000_000_000;
            case "K", "KIB" -> 1L << 10;
            case "M", "MIB" -> 1L << 20;
            case "G", "GIB" -> 1L << 30;
            default -> -1;
        };
    }

    /// As an array or buffer length; too large a size is the largest length.
    public int toInt() {
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /// The shortest exact form, which [#parse] reads back.
    @Override
    public String toString() {
        if (bytes != 0 && bytes % 1024 == 0) {
            return scaled(1024, "iB");
        }
        return bytes != 0 && bytes % 1000 == 0 ? scaled(1000, "B") : bytes + "B";
    }

    private String scaled(long base, String suffix) {
        long value = bytes;
        int unit = 0;
        while (value % base == 0 && unit < 3) {
            value /= base;
            unit++;
        }
        return value + UNITS[unit].substring(0, 1) + suffix;
    }
}
