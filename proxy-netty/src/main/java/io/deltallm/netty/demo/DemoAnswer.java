package io.deltallm.netty.demo;

import java.util.ArrayList;
import java.util.List;

/// What the demo says: a text made from the question, the same every time, that owns up to being one.
///
/// @param words each but the first begins with its space
/// @param finish `stop`, or `length` when `maxTokens` cut the text
record DemoAnswer(List<String> words, String finish) {
    private static final int QUOTED_CHARS = 200;

    DemoAnswer {
        words = List.copyOf(words);
    }

    static DemoAnswer to(DemoRequest request) {
        List<String> words = split(text(request.question().strip()));
        int limit = request.maxTokens();
        return limit >= 0 && limit < words.size()
                ? new DemoAnswer(words.subList(0, limit), "length")
                : new DemoAnswer(words, "stop");
    }

    private static String text(String question) {
        String heard = question.isEmpty() ? "You asked nothing." : "You asked: \"" + shortened(question) + "\".";
        return "Hello! " + heard + " No model has thought about it: this text comes from deltallm's demo provider,"
                + " by way of the gateway's keys, limits and metrics. Put a provider of your own into config.yaml"
                + " for a real answer.";
    }

    private static String shortened(String question) {
        if (question.length() <= QUOTED_CHARS) {
            return question;
        }
        int end = Character.isHighSurrogate(question.charAt(QUOTED_CHARS - 1)) ? QUOTED_CHARS - 1 : QUOTED_CHARS;
        return question.substring(0, end) + "…";
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("\\s+")) {
            words.add(words.isEmpty() ? word : " " + word);
        }
        return words;
    }
}
