package io.deltallm.codec.dialect.gemini;

import java.util.Locale;

/// What a model's name says of what it takes. Names that say nothing (`gemini-flash-latest`, tuned models) are taken for
/// the generation that most are of.
///
/// @param name in lower case, without path
/// @param generation tenfold: 15, 20, 25, 30; 0 for what is no Gemini
record GeminiModel(String name, int generation) {
    private static final int USUAL = 25;

    static GeminiModel of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return new GeminiModel(name, generation(name));
    }

    private static int generation(String name) {
        if (name.startsWith("gemma")) {
            return 0;
        }
        int at = name.indexOf('-') + 1;
        if (!name.startsWith("gemini-") || at == name.length() || !Character.isDigit(name.charAt(at))) {
            return USUAL;
        }
        int major = Character.digit(name.charAt(at), 10);
        boolean minor = at + 2 < name.length() && name.charAt(at + 1) == '.' && Character.isDigit(name.charAt(at + 2));
        return major * 10 + (minor ? Character.digit(name.charAt(at + 2), 10) : 0);
    }

    /// Whether it takes JSON Schema as it is.
    boolean takesJsonSchema() {
        return generation >= 25;
    }

    /// Whether it refuses tool calls that come back without their signature.
    boolean demandsSignatures() {
        return generation >= 30;
    }

    /// Whether functions and Google's own tools, and functions and a form of the answer, may be combined.
    boolean combinesTools() {
        return generation >= 30;
    }

    /// Whether a function's result may hold pictures.
    boolean takesMediaResults() {
        return generation >= 30;
    }

    boolean thinksByLevel() {
        return generation >= 30 && !speaksOrDraws();
    }

    boolean thinksByBudget() {
        return generation >= 25 && generation < 30 && !speaksOrDraws();
    }

    /// Whether instructions have a place of their own.
    boolean takesInstructions() {
        return generation > 0;
    }

    boolean pro() {
        return name.contains("pro");
    }

    boolean lite() {
        return name.contains("lite");
    }

    private boolean speaksOrDraws() {
        return name.contains("-image") || name.contains("-tts");
    }
}
