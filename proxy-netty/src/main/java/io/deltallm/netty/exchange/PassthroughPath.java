package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads paths that go on to a provider as they are: `/anthropic/…` and the like to the provider of that name; files,
/// batches and stored responses of OpenAI's API to whoever keeps them.
final class PassthroughPath {
    private static final List<String> PROVIDERS =
            List.of("openai", "anthropic", "gemini", "vertex_ai", "bedrock", "azure", "cohere", "mistral");
    private static final List<String> KEPT = List.of("/files", "/batches");
    private static final String RESPONSES = "/responses/";
    private static final List<String> ABOUT_RESPONSE = List.of("cancel", "input_items");
    private static final List<String> MODEL_MARKS = List.of("/models/", "/model/", "/deployments/");

    private PassthroughPath() {}

    /// The route of the path in `source[start, end)`, or null.
    static @Nullable Route find(byte[] source, int start, int end) {
        // Most paths that come here are unknown ones: what they cost is the stranger's one string.
        String path = new String(source, start, end - start, StandardCharsets.ISO_8859_1);
        if (path.contains("/..") || path.contains("/%2e") || path.contains("/%2E") || path.contains("/.%")) {
            return null;
        }
        for (String provider : PROVIDERS) {
            if (path.startsWith(provider, 1) && path.startsWith("/", provider.length() + 1) && path.length() > provider.length() + 2) {
                return named(provider, path.substring(provider.length() + 1));
            }
        }
        String bare = path.startsWith("/v1/") ? path.substring(3) : path;
        for (String kept : KEPT) {
            if (bare.equals(kept) || bare.startsWith(kept + "/")) {
                return new Route.Passthrough("", bare, null, null, false);
            }
        }
        return isOfResponse(bare) ? new Route.Passthrough("", bare, null, null, false) : null;
    }

    /// `/responses/{id}` and what can be asked of it.
    private static boolean isOfResponse(String path) {
        if (!path.startsWith(RESPONSES) || path.length() == RESPONSES.length()) {
            return false;
        }
        int slash = path.indexOf('/', RESPONSES.length());
        return slash < 0 || (slash > RESPONSES.length() && ABOUT_RESPONSE.contains(path.substring(slash + 1)));
    }

    private static Route named(String provider, String rest) {
        boolean stream = rest.endsWith(":streamGenerateContent") || rest.endsWith("/converse-stream");
        return new Route.Passthrough(provider, rest, operation(rest), model(rest), stream);
    }

    /// What is asked for, where that is understood: whose usage can be read.
    private static @Nullable Operation operation(String rest) {
        if (rest.endsWith(":generateContent") || rest.endsWith(":streamGenerateContent")) {
            return Operation.GENERATE_CONTENT;
        }
        if (rest.endsWith("/converse") || rest.endsWith("/converse-stream")) {
            return Operation.CONVERSE;
        }
        Operation longest = null;
        for (Operation operation : Operation.values()) {
            if (operation.hasPath()
                    && rest.endsWith(operation.path())
                    && (longest == null || operation.path().length() > longest.path().length())) {
                longest = operation;
            }
        }
        return longest;
    }

    private static @Nullable String model(String rest) {
        for (String mark : MODEL_MARKS) {
            int at = rest.indexOf(mark);
            if (at >= 0) {
                return modelAt(rest, at + mark.length());
            }
        }
        return null;
    }

    private static String modelAt(String rest, int start) {
        int slash = rest.indexOf('/', start);
        String segment = rest.substring(start, slash < 0 ? rest.length() : slash);
        int action = slash < 0 ? segment.lastIndexOf(':') : -1;
        String model = action < 0 ? segment : segment.substring(0, action);
        try {
            return URLDecoder.decode(model.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return model;
        }
    }
}
