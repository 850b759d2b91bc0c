package io.deltallm.codec.dialect.image;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A picture that a client wants.
///
/// @param size null for the model's own
/// @param outputFormat `png`, `jpeg` or `webp`
/// @param extras the fields that only some formats have
record ImageRequest(
        String prompt,
        long n,
        @Nullable Size size,
        @Nullable String quality,
        @Nullable String outputFormat,
        Map<String, RawJson> extras) {

    /// In pixels.
    record Size(int width, int height) {
        private static final int MOST = 16_384;

        static Size of(String text) {
            int x = text.indexOf('x');
            try {
                int width = Integer.parseInt(text.substring(0, Math.max(x, 0)));
                int height = Integer.parseInt(text.substring(x + 1));
                if (width > 0 && height > 0 && width <= MOST && height <= MOST) {
                    return new Size(width, height);
                }
            } catch (NumberFormatException _) {
                // told below, as every other wrong size
            }
            throw Refused.request("size is \"" + text + "\" (expected: auto, or width x height as 1024x1024)", "size");
        }

        /// The nearest of these ratios, each as `16:9`.
        String nearest(Iterable<String> ratios) {
            String nearest = "1:1";
            double least = Double.MAX_VALUE;
            for (String ratio : ratios) {
                int colon = ratio.indexOf(':');
                double wanted = Double.parseDouble(ratio.substring(0, colon)) / Double.parseDouble(ratio.substring(colon + 1));
                double distance = Math.abs(Math.log(wanted * height / width));
                if (distance < least) {
                    least = distance;
                    nearest = ratio;
                }
            }
            return nearest;
        }
    }

    /// Reads OpenAI's form.
    ///
    /// @param defaults JSON literals, where the client says nothing
    static ImageRequest read(JsonCursor body, Map<String, String> defaults) {
        Reading reading = new Reading();
        Set<String> said = new HashSet<>();
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            said.add(name);
            reading.member(name, body);
        }
        defaults.forEach((name, literal) -> {
            if (!said.contains(name)) {
                reading.member(name, new JsonCursor().over(RawJson.ofLiteral(literal)));
            }
        });
        return reading.request();
    }

    private static final class Reading {
        private final Map<String, RawJson> extras = new LinkedHashMap<>();
        private @Nullable String prompt;
        private long n = 1;
        private @Nullable Size size;
        private @Nullable String quality;
        private @Nullable String outputFormat;

        void member(String name, JsonCursor value) {
            if (value.skipNull()) {
                return;
            }
            switch (name) {
                case "model" -> {}
                case "prompt" -> prompt = value.string();
                case "n" -> n = n(value.longValue());
                case "size" -> size = size(value.string());
                case "quality" -> quality = value.string();
                case "output_format" -> outputFormat = value.string();
                case "response_format" -> responseFormat(value.raw());
                case "stream" -> stream(value.raw());
                default -> extras.put(name, value.raw());
            }
        }

        private static long n(long n) {
            if (n < 1 || n > 10) {
                throw Refused.request("n is " + n + " (expected: 1 to 10)", "n");
            }
            return n;
        }

        private static @Nullable Size size(String text) {
            return text.equals("auto") ? null : Size.of(text);
        }

        /// Base64 is what there is; any other wish is kept, to be told as lost.
        private void responseFormat(RawJson format) {
            if (!format.json().equals("\"b64_json\"")) {
                extras.put("response_format", format);
            }
        }

        private void stream(RawJson stream) {
            if (!stream.json().equals("false")) {
                extras.put("stream", stream);
            }
        }

        ImageRequest request() {
            if (prompt == null || prompt.isEmpty()) {
                throw Refused.request("prompt is missing or empty (expected: a text)", "prompt");
            }
            return new ImageRequest(prompt, n, size, quality, outputFormat, extras);
        }
    }
}
