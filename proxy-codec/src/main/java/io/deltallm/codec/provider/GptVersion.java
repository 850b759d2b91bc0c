package io.deltallm.codec.provider;

/// The version in the name of a model of OpenAI's: `gpt-5.4-mini` is 5.4.
///
/// @param major 0 for a model of another name
public record GptVersion(int major, int minor) {
    private static final String PREFIX = "gpt-";

    public static GptVersion of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        if (!name.startsWith(PREFIX)) {
            return new GptVersion(0, 0);
        }
        int end = digits(name, PREFIX.length());
        boolean dotted = end > PREFIX.length() && end < name.length() && name.charAt(end) == '.';
        return new GptVersion(
                number(name, PREFIX.length(), end), dotted ? number(name, end + 1, digits(name, end + 1)) : 0);
    }

    private static int digits(String name, int from) {
        int end = from;
        while (end < name.length() && Character.isDigit(name.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int number(String name, int from, int to) {
        return from == to || to - from > 4 ? 0 : Integer.parseInt(name, from, to, 10);
    }

    /// From 5.4 on, models of OpenAI's refuse functions in chats unless they are told not to think; 5.6 thinks unasked.
    public boolean usesToolsByResponses() {
        return major > 5 || (major == 5 && minor >= 4);
    }
}
