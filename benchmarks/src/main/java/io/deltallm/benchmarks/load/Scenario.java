package io.deltallm.benchmarks.load;

import java.time.Duration;
import java.util.List;

/// One thing that is measured: what is asked, how often, over how many connections, and how the upstream answers.
///
/// @param ratePerSecond requests started each second whatever the replies do; 0 is a closed loop, where each
///     connection asks again as soon as it has its answer
/// @param requestBytes length of the request's body
record Scenario(String name, String title, int connections, int ratePerSecond, int requestBytes, Script script) {
    private static final int SMALL = 1024;
    private static final int LARGE = 100 * 1024;
    private static final Duration TOKEN_INTERVAL = Duration.ofMillis(20);

    static List<Scenario> all() {
        return List.of(
                plain("1k", "1 KB request, 1 KB reply, 32 connections, closed loop", 32, 0, SMALL),
                plain("100k", "100 KB request, 1 KB reply, 32 connections, closed loop", 32, 0, LARGE),
                plain("one", "1 KB request, 1 KB reply, one connection, closed loop", 1, 0, SMALL),
                stream("one-sse", "32-token stream at once, one connection, closed loop", 1, 32, Duration.ZERO),
                plain("rate", "1 KB request, 1 KB reply, 2000 requests a second, 64 connections", 64, 2000, SMALL),
                stream("sse-32", "500 streams of 32 tokens, one each 20 ms", 500, 32, TOKEN_INTERVAL),
                stream("sse-500", "500 streams of 500 tokens, one each 20 ms", 500, 500, TOKEN_INTERVAL),
                stream("sse-burst", "32-token streams at once, 32 connections, closed loop", 32, 32, Duration.ZERO));
    }

    /// Those whose name is `name` or begins with it and a dash.
    static List<Scenario> named(String name) {
        List<Scenario> found = all().stream()
                .filter(scenario -> scenario.name.equals(name)
                        || (scenario.name.startsWith(name + "-") && !name.equals("one")))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no scenario \"" + name + "\" (expected one of: "
                    + String.join(", ", all().stream().map(Scenario::name).toList()) + ")");
        }
        return found;
    }

    boolean streamed() {
        return script instanceof Script.Stream;
    }

    boolean alone() {
        return connections == 1;
    }

    /// Events of a whole reply as the client sees it: the tokens and `[DONE]`; 0 when it is not streamed.
    int events() {
        return switch (script) {
            case Script.Plain() -> 0;
            case Script.Stream(int tokens, var _) -> tokens + 1;
        };
    }

    /// The request body, exactly as long as this scenario says.
    String requestBody() {
        String start = "{\"model\":\"bench\",\"messages\":[{\"role\":\"system\",\"content\":\"You are terse.\"},"
                + "{\"role\":\"user\",\"content\":\"";
        String end = "\"}],\"temperature\":0.2,\"max_tokens\":500" + (streamed() ? ",\"stream\":true}" : "}");
        return start + text(requestBytes - start.length() - end.length()) + end;
    }

    /// Prose with the escapes a real prompt has.
    private static String text(int length) {
        String sentence = "The quick brown fox jumps over the lazy dog, said \\\"nobody\\\" twice.\\n";
        String prose = sentence.repeat(length / sentence.length());
        return prose + "x".repeat(length - prose.length());
    }

    private static Scenario plain(String name, String title, int connections, int rate, int requestBytes) {
        return new Scenario(name, title, connections, rate, requestBytes, new Script.Plain());
    }

    private static Scenario stream(String name, String title, int connections, int tokens, Duration interval) {
        return new Scenario(name, title, connections, 0, SMALL, new Script.Stream(tokens, interval));
    }
}
