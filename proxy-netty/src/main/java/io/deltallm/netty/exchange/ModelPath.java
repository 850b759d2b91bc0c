package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads paths that name a model: Google's `/v1beta/models/{model}:{action}` and Azure's
/// `/openai/deployments/{model}/{operation}`. Model names may hold slashes and colons, plain or percent-encoded.
final class ModelPath {
    private static final String[] GEMINI = {"/v1beta/models/", "/v1/models/", "/gemini/v1beta/models/", "/gemini/v1/models/"};
    private static final String AZURE = "/openai/deployments/";
    private static final Map<String, Operation> ACTIONS = new HashMap<>();
    /// The longest path first: `/chat/completions` ends with `/completions`, too.
    private static final List<Operation> DEPLOYED = new ArrayList<>();

    static {
        for (Operation operation : Operation.values()) {
            if (operation.modelInPath()) {
                ACTIONS.put(operation.label(), operation);
            } else if (RouteTable.isOpenAi(operation)) {
                DEPLOYED.add(operation);
            }
        }
        DEPLOYED.sort(Comparator.comparingInt((Operation operation) -> operation.path().length()).reversed());
    }

    private ModelPath() {}

    /// The route of the path in `source[start, end)`, or null. Most paths are told apart by their first letters.
    static @Nullable Route find(byte[] source, int start, int end) {
        if (startsWith(AZURE, source, start, end)) {
            return azure(text(source, start + AZURE.length(), end));
        }
        for (String prefix : GEMINI) {
            if (startsWith(prefix, source, start, end)) {
                return gemini(text(source, start + prefix.length(), end));
            }
        }
        return null;
    }

    private static @Nullable Route gemini(String rest) {
        int colon = rest.lastIndexOf(':');
        if (colon <= 0) {
            return null;
        }
        String action = rest.substring(colon + 1);
        boolean stream = action.equals("streamGenerateContent");
        Operation operation = stream ? Operation.GENERATE_CONTENT : ACTIONS.get(action);
        return operation == null
                ? null
                : new Route.Relay(operation, new PathCall(decoded(rest.substring(0, colon)), stream), true);
    }

    private static @Nullable Route azure(String rest) {
        for (Operation operation : DEPLOYED) {
            int model = rest.length() - operation.path().length();
            if (model > 0 && rest.endsWith(operation.path())) {
                return new Route.Relay(operation, new PathCall(decoded(rest.substring(0, model)), false), false);
            }
        }
        return null;
    }

    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }

    private static boolean startsWith(String prefix, byte[] source, int start, int end) {
        if (end - start <= prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (source[start + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] source, int from, int to) {
        return new String(source, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
