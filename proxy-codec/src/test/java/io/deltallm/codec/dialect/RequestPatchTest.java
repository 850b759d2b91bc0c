package io.deltallm.codec.dialect;

import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.CountedBuffers.Collected;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestPatchTest {
    private static final String PADDING = "p".repeat(5000);

    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private final RequestScanner scanner = new RequestScanner(new ScanLimits(64, 256, 8192, false), new ByteBlock());

    /// The body comes in two pieces, parted at `cut`.
    private RequestPatch planForGoogle(Operation operation, String pathModel, String body, int cut, String model) {
        return planForGoogle(operation, pathModel, body, cut, model, Map.of());
    }

    private RequestPatch planForGoogle(
            Operation operation, String pathModel, String body, int cut, String model, Map<String, String> defaults) {
        scanner.begin(operation, null, pathModel);
        for (String part : new String[] {body.substring(0, cut), body.substring(cut)}) {
            ByteBuf piece = buffers.of(part);
            scanner.feed(piece);
            piece.release();
        }
        assertThat(scanner.end()).isNull();
        return RequestPatch.plan(operation, scanner.outline(), new UpstreamModel(model), true, defaults);
    }

    private RequestPatch plan(
            Operation operation, @Nullable String boundary, String body, String model, boolean usage, Map<String, String> defaults) {
        scanner.begin(operation, boundary);
        ByteBuf piece = buffers.of(body);
        scanner.feed(piece);
        piece.release();
        assertThat(scanner.end()).isNull();
        return RequestPatch.plan(operation, scanner.outline(), new UpstreamModel(model), usage, defaults);
    }

    /// Applies the patch to the body whole, in components and as a slice of something larger: all must agree.
    private String applied(RequestPatch patch, String body) {
        Collected whole = new Collected();
        patch.apply(buffers.of(body), buffers.alloc(), whole);
        Collected parts = new Collected();
        int half = body.length() / 2;
        patch.apply(buffers.composite(body.substring(0, half), body.substring(half)), buffers.alloc(), parts);
        Collected slice = new Collected();
        patch.apply(buffers.of("xx" + body).skipBytes(2), buffers.alloc(), slice);

        assertThat(parts.text()).isEqualTo(whole.text());
        assertThat(slice.text()).isEqualTo(whole.text());
        assertThat(whole.text().getBytes(StandardCharsets.UTF_8))
                .hasSize(body.getBytes(StandardCharsets.UTF_8).length + patch.lengthDelta());
        return whole.text();
    }

    private String patched(String body, String model, boolean usage, Map<String, String> defaults) {
        return applied(plan(Operation.CHAT_COMPLETIONS, null, body, model, usage, defaults), body);
    }

    @Test
    void changesNothingWhenNothingHasToChange() {
        String body = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";
        RequestPatch patch = plan(Operation.CHAT_COMPLETIONS, null, body, "m", true, Map.of("stream", "false"));

        assertThat(patch.isEmpty()).isTrue();
        assertThat(patch.lengthDelta()).isZero();
        assertThat(applied(patch, body)).isEqualTo(body);
    }

    @Test
    void renamesTheModelAndKeepsEveryOtherByte() {
        String body = " { \"x\" : \"model\" ,\"model\"\t: \"a\\u0062\" , \"y\":[1, 2] } \n";

        assertThat(patched(body, "b/\"q\"", false, Map.of()))
                .isEqualTo(" { \"x\" : \"model\" ,\"model\"\t: \"b/\\\"q\\\"\" , \"y\":[1, 2] } \n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"model":"m","stream":true}                                                | {"stream_options":{"include_usage":true},"model":"m","stream":true}
            {"model":"m","stream":true,"stream_options":null}                          | {"model":"m","stream":true,"stream_options":{"include_usage":true}}
            {"model":"m","stream":true,"stream_options":{ }}                           | {"model":"m","stream":true,"stream_options":{"include_usage":true}}
            {"model":"m","stream":true,"stream_options":{"include_usage": false}}      | {"model":"m","stream":true,"stream_options":{"include_usage": true}}
            {"model":"m","stream":true,"stream_options":{"include_usage":null,"a":1}}  | {"model":"m","stream":true,"stream_options":{"include_usage":true,"a":1}}
            {"stream_options":{"a":[{"include_usage":1}]},"model":"m","stream":true}   | {"stream_options":{"include_usage":true,"a":[{"include_usage":1}]},"model":"m","stream":true}
            {"model":"m","stream":false}                                               | {"model":"m","stream":false}
            {"model":"m"}                                                              | {"model":"m"}
            """)
    void asksForUsageInStreams(String body, String expected) {
        assertThat(patched(body, "m", true, Map.of())).isEqualTo(expected);
    }

    @Test
    void asksForUsageOnlyWhereTheOptionIsKnown() {
        String body = "{\"model\":\"m\",\"stream\":true}";

        assertThat(plan(Operation.RESPONSES, null, body, "m", true, Map.of()).isEmpty()).isTrue();
        assertThat(plan(Operation.COMPLETIONS, null, body, "m", true, Map.of()).isEmpty()).isFalse();
    }

    @Test
    void addsDefaultsForFieldsThatAreLeftOut() {
        String body = "{\"model\":\"m\",\"top_p\":1}";

        assertThat(patched(body, "n", false, Map.of("temperature", "0.2", "top_p", "0.9")))
                .isEqualTo("{\"temperature\":0.2,\"model\":\"n\",\"top_p\":1}");
    }

    @ParameterizedTest
    @CsvSource({"max_tokens, max_completion_tokens", "max_completion_tokens, max_tokens"})
    void addsNoDefaultForWhatTheClientSaysByAnotherName(String configured, String said) {
        String body = "{\"model\":\"m\",\"" + said + "\":1}";

        assertThat(patched(body, "m", false, Map.of(configured, "9"))).isEqualTo(body);
    }

    @Test
    void addsTheModelWhereTheClientLeftItOut() {
        RequestPatch patch = plan(Operation.IMAGES_GENERATIONS, null, "{ }", "dall-e", false, Map.of("n", "1"));

        assertThat(applied(patch, "{ }")).isEqualTo("{\"model\":\"dall-e\",\"n\":1 }");
    }

    @Test
    void slicesALargeBodyAroundItsEdits() {
        String body = "{\"a\":\"" + PADDING + "\",\"model\":\"m\",\"stream\":true,\"b\":\"" + PADDING + "\"}";
        RequestPatch patch = plan(Operation.CHAT_COMPLETIONS, null, body, "long-name", true, Map.of());
        Collected out = new Collected();

        patch.apply(buffers.of(body), buffers.alloc(), out);

        assertThat(out.text())
                .isEqualTo("{\"stream_options\":{\"include_usage\":true}," + body.substring(1).replace("\"m\"", "\"long-name\""));
        assertThat(out.pieces()).hasSize(5);
        assertThat(applied(patch, body)).isEqualTo(out.text());
    }

    @Test
    void renamesTheModelOfAForm() {
        String body = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--b--\r\n";
        RequestPatch patch = plan(Operation.AUDIO_TRANSCRIPTIONS, "b", body, "whisper", false, Map.of("temperature", "0"));

        assertThat(applied(patch, body)).isEqualTo(body.replace("\nm\r", "\nwhisper\r"));
    }

    @Test
    void addsTheModelToAFormWithoutOne() {
        String body = "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nx\r\n--b--\r\n";
        RequestPatch patch = plan(Operation.IMAGES_EDITS, "b", body, "dall-e", false, Map.of());

        String patched = applied(patch, body);

        assertThat(patched).isEqualTo("--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ndall-e\r\n" + body);
        assertThat(plan(Operation.IMAGES_EDITS, "b", patched, "dall-e", false, Map.of()).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            BATCH_EMBED_CONTENTS | {"requests":[{"model":"@"},{"content":{"model":"a"}, "model" : "@"},{"model":7},{},8]}
            BATCH_EMBED_CONTENTS | {"model":"@","requests":[{"model":"@"}],"x":{"model":"a"},"y":[{"model":"a"}]}
            BATCH_EMBED_CONTENTS | {"requests":[{"model":"@"},{"x":["model","a"],"model":"@"}],"model":"@"}
            BATCH_EMBED_CONTENTS | {"requests":[{"model":{"model":"a"}},[{"model":"a"}],{"title":"a","mod\\u0065l":"@"}]}
            GEMINI_COUNT_TOKENS  | {"generateContentRequest":{"contents":[{"model":"a"}],"model":"@","x":{"model":"a"}}}
            EMBED_CONTENT        | {"content":{"model":"a"},"model":"@"}
            GENERATE_CONTENT     | {"contents":[{"model":"a"}],"generationConfig":{"model":"a"}}
            """)
    void renamesEveryModelOfGooglesBodies(Operation operation, String template) {
        String body = template.replace("@", "models/a");
        for (int cut = 0; cut <= body.length(); cut++) {
            RequestPatch patch = planForGoogle(operation, "a", body, cut, "gemini-x");

            assertThat(applied(patch, body)).as("cut at %d", cut).isEqualTo(template.replace("@", "models/gemini-x"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            {}                                                   | {"generationConfig":{"temperature":0.5,"maxOutputTokens":9,"stopSequences":["x"]}}
            {"contents":[]}                                      | {"generationConfig":{"temperature":0.5,"maxOutputTokens":9,"stopSequences":["x"]},"contents":[]}
            {"generationConfig" : { }}                           | {"generationConfig" : {"temperature":0.5,"maxOutputTokens":9,"stopSequences":["x"] }}
            {"generationConfig":{"temperature":1}}               | {"generationConfig":{"maxOutputTokens":9,"stopSequences":["x"],"temperature":1}}
            {"generation_config":{"max_output_tokens":1,"a":{"temperature":1}}} | {"generation_config":{"temperature":0.5,"stopSequences":["x"],"max_output_tokens":1,"a":{"temperature":1}}}
            {"generationConfig":{"temperature":1,"stopSequences":[],"maxOutputTokens":null}} | -
            {"generationConfig":null}                            | -
            """)
    void setsInGooglesBodiesWhatTheyLeaveOut(String body, @Nullable String expected) {
        Map<String, String> defaults = Map.of(
                "temperature", "0.5", "max_tokens", "99", "max_completion_tokens", "9", "stop", "\"x\"", "logit_bias", "{}");
        for (int cut = 0; cut <= body.length(); cut++) {
            RequestPatch patch = planForGoogle(Operation.GENERATE_CONTENT, "a", body, cut, "a", defaults);

            assertThat(applied(patch, body)).as("cut at %d", cut).isEqualTo(expected == null ? body : expected);
        }
    }

    @Test
    void setsAndRenamesInGooglesBodies() {
        String body = "{\"model\":\"models/a\",\"generationConfig\":{\"topP\":1}}";

        RequestPatch patch = planForGoogle(Operation.GENERATE_CONTENT, "a", body, 0, "b", Map.of("top_p", "0", "top_k", "4"));

        assertThat(applied(patch, body))
                .isEqualTo("{\"model\":\"models/b\",\"generationConfig\":{\"topK\":4,\"topP\":1}}");
    }

    @Test
    void setsNothingInGooglesOtherBodies() {
        RequestPatch patch =
                planForGoogle(Operation.EMBED_CONTENT, "a", "{\"content\":{}}", 0, "a", Map.of("temperature", "0"));

        assertThat(patch).isSameAs(RequestPatch.none());
    }

    @Test
    void leavesGooglesBodiesWhereTheNameIsTheSame() {
        String body = "{\"model\":\"models/a\",\"requests\":[{\"model\":\"models/a\"}]}";

        assertThat(planForGoogle(Operation.BATCH_EMBED_CONTENTS, "a", body, 0, "a").isEmpty()).isTrue();
    }

    @Test
    void renamesNothingWithinTheBodiesOfOthers() {
        String body = "{\"model\":\"m\",\"requests\":[{\"model\":\"m\"}],\"generateContentRequest\":{\"model\":\"m\"}}";

        assertThat(patched(body, "n", false, Map.of())).isEqualTo(body.replaceFirst("\"m\"", "\"n\""));
    }

    @Test
    void copiesALargeBatchAroundItsManyEdits() {
        String request = "{\"model\":\"models/a\",\"content\":{\"parts\":[{\"text\":\"p\"}]}}";
        String body = "{\"requests\":[" + (request + ",").repeat(999) + request + "],\"model\":\"models/a\"}";
        RequestPatch patch = planForGoogle(Operation.BATCH_EMBED_CONTENTS, "a", body, 1, "b");
        Collected out = new Collected();

        patch.apply(buffers.of(body), buffers.alloc(), out);

        assertThat(out.pieces()).hasSize(1);
        assertThat(applied(patch, body)).isEqualTo(body.replace("models/a", "models/b"));
    }

    @Test
    void forgetsTheModelsOfTheRequestBefore() {
        planForGoogle(Operation.BATCH_EMBED_CONTENTS, "a", "{\"requests\":[{\"model\":\"models/a\"}]}", 0, "b");

        assertThat(planForGoogle(Operation.BATCH_EMBED_CONTENTS, "a", "{\"requests\":[]}", 0, "b").isEmpty()).isTrue();
    }
}
