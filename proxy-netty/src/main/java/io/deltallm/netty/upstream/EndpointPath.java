package io.deltallm.netty.upstream;

import io.deltallm.codec.chat.Operation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Fills a provider's path templates (RFC 6570, level 2): `{model}` is percent-encoded but for unreserved characters,
/// `{+model}` keeps its slashes. The base URL's path stands before it, its query behind.
final class EndpointPath {
    private static final String UNRESERVED = "-._~";
    private static final String HEX = "0123456789ABCDEF";
    /// What makes Google answer in events instead of an array; a client that is relayed as it is says so itself.
    private static final String EVENTS = "alt=sse";

    private final URI base;
    private final String model;

    EndpointPath(URI base, String model) {
        this.base = base;
        this.model = model;
    }

    /// The request target of a path template.
    String target(String template) {
        return target(template, false);
    }

    /// The same for a client that is relayed as it is: its own query follows.
    String relayed(Operation operation, String template) {
        return target(template, operation.modelInPath());
    }

    private String target(String template, boolean withoutEvents) {
        String filled = template.replace("{model}", encoded(model, "")).replace("{+model}", encoded(model, "/"));
        int mark = filled.indexOf('?');
        List<String> query = new ArrayList<>();
        if (mark >= 0) {
            query.addAll(List.of(filled.substring(mark + 1).split("&")));
        }
        query.removeIf(parameter -> parameter.isEmpty() || (withoutEvents && parameter.equals(EVENTS)));
        if (base.getRawQuery() != null) {
            query.add(base.getRawQuery());
        }
        String path = basePath() + (mark < 0 ? filled : filled.substring(0, mark));
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private String basePath() {
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /// RFC 3986, section 2.1.
    private static String encoded(String text, String kept) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (value & 0xff);
            boolean letterOrDigit = character < 128 && Character.isLetterOrDigit(character);
            if (letterOrDigit || UNRESERVED.indexOf(character) >= 0 || kept.indexOf(character) >= 0) {
                out.append(character);
            } else {
                out.append('%').append(HEX.charAt(character >> 4)).append(HEX.charAt(character & 15));
            }
        }
        return out.toString();
    }
}
