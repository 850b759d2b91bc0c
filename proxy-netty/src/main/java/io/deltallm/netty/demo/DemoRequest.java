package io.deltallm.netty.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the demo looks at in a request body; everything else is skipped, as a provider skips what it does not know.
///
/// @param question the last user message, or the prompt
/// @param promptWords words of everything that was said
/// @param inputs what to embed; a list of token numbers counts as its own text
/// @param dimensions length of a vector, 0 when not asked for
/// @param maxTokens most words of the answer, -1 when not asked for
record DemoRequest(
        @Nullable String model,
        String question,
        int promptWords,
        List<String> inputs,
        boolean stream,
        boolean includeUsage,
        boolean base64,
        int dimensions,
        int maxTokens) {

    private static final JsonFactory JSON = new JsonFactory();

    DemoRequest {
        inputs = List.copyOf(inputs);
    }

    /// Borrows the body.
    static DemoRequest read(ByteBuf body) throws IOException {
        try (var parser = JSON.createParser((InputStream) new ByteBufInputStream(body.duplicate()))) {
            return new Reading(parser).request();
        }
    }

    /// Words, as the demo counts tokens.
    static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    /// One pass over the body.
    private static final class Reading {
        private final JsonParser in;
        private final List<String> inputs = new ArrayList<>();
        private @Nullable String model;
        private String question = "";
        private int promptWords;
        private boolean stream;
        private boolean includeUsage;
        private boolean base64;
        private int dimensions;
        private int maxTokens = -1;

        Reading(JsonParser in) {
            this.in = in;
        }

        DemoRequest request() throws IOException {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the body is not a JSON object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                field(name);
            }
            return new DemoRequest(
                    model, question, promptWords, inputs, stream, includeUsage, base64, dimensions, maxTokens);
        }

        private void field(String name) throws IOException {
            switch (name) {
                case "model" -> model = in.getValueAsString();
                case "stream" -> stream = in.getValueAsBoolean();
                case "stream_options" -> streamOptions();
                case "messages" -> messages();
                case "prompt" -> prompt(text());
                case "input" -> inputs();
                case "encoding_format" -> base64 = "base64".equals(in.getValueAsString());
                case "dimensions" -> dimensions = in.getValueAsInt();
                case "max_tokens", "max_completion_tokens" -> maxTokens = in.getValueAsInt(-1);
                default -> in.skipChildren();
            }
        }

        private void prompt(String text) {
            question = text;
            promptWords += words(text);
        }

        private void streamOptions() throws IOException {
            if (in.currentToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean usage = in.currentName().equals("include_usage");
                in.nextToken();
                includeUsage |= usage && in.getValueAsBoolean();
                in.skipChildren();
            }
        }

        private void messages() throws IOException {
            expect(JsonToken.START_ARRAY, "messages is not an array");
            while (in.nextToken() != JsonToken.END_ARRAY) {
                expect(JsonToken.START_OBJECT, "a message is not an object");
                message();
            }
        }

        private void message() throws IOException {
            String role = "";
            String content = "";
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                switch (name) {
                    case "role" -> role = in.getValueAsString("");
                    case "content" -> content = text();
                    default -> in.skipChildren();
                }
            }
            promptWords += words(content);
            question = role.equals("user") ? content : question;
        }

        private void expect(JsonToken token, String problem) throws IOException {
            if (in.currentToken() != token) {
                throw new IOException(problem);
            }
        }

        /// A string, or all strings named `text` (content parts) or standing in an array (prompts), in order.
        private String text() throws IOException {
            if (!in.currentToken().isStructStart()) {
                return in.getValueAsString("");
            }
            var text = new StringBuilder();
            for (int depth = 1; depth > 0; ) {
                JsonToken token = in.nextToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                boolean said = in.currentName() == null || in.currentName().equals("text");
                if (token == JsonToken.VALUE_STRING && said) {
                    text.append(text.isEmpty() ? "" : " ").append(in.getText());
                }
            }
            return text.toString();
        }

        private void inputs() throws IOException {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                input(in.getValueAsString(""));
                return;
            }
            var numbers = new StringBuilder();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                switch (in.currentToken()) {
                    case START_ARRAY -> input(tokens());
                    case VALUE_NUMBER_INT -> numbers.append(in.getText()).append(' ');
                    default -> input(in.getValueAsString(""));
                }
            }
            if (!numbers.isEmpty()) {
                input(numbers.toString());
            }
        }

        private String tokens() throws IOException {
            var numbers = new StringBuilder();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                numbers.append(in.getText()).append(' ');
            }
            return numbers.toString();
        }

        private void input(String text) {
            inputs.add(text);
            promptWords += words(text);
        }
    }
}
