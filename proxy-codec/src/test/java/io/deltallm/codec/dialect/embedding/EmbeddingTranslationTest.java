package io.deltallm.codec.dialect.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyTranslation;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddingTranslationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ClientCall CLIENT = new ClientCall("id1", "alias", false, false, 1);

    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private final List<String> lost = new ArrayList<>();

    private static Translation translation(Operation from, Operation to) {
        return new Embeddings()
                .from(from).stream()
                        .filter(translation -> translation.to() == to)
                        .findFirst()
                        .orElseThrow();
    }

    private TranslatedCall begin(Operation from, Operation to, String body, Map<String, String> defaults) {
        UpstreamCall upstream = new UpstreamCall("m", "p", Set.of(), 0, lost::add);
        return translation(from, to).begin(
                new Asked(RawJson.ofLiteral(body), PathCall.NONE, CLIENT, defaults, Map.of()),
                upstream);
    }

    private String written(Operation to, String body) {
        return begin(Operation.EMBEDDINGS, to, body, Map.of()).body().toString();
    }

    private ReplyTranslation answered(TranslatedCall call, int status, Fields fields, String body) {
        ReplyTranslation reply = call.reply(status, fields);
        ByteBuf buffer = buffers.of(body);
        int end = buffer.writerIndex();
        for (int at = 0; at < end; at += 7) {
            reply.feed(buffer.setIndex(at, Math.min(end, at + 7)));
        }
        buffer.release();
        reply.end();
        return reply;
    }

    private ReplyTranslation answered(Operation to, String request, String body) {
        return answered(begin(Operation.EMBEDDINGS, to, request, Map.of()), 200, Fields.NONE, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "COHERE_EMBED        | {'model':'m','texts':['a','b'],'input_type':'search_document',"
                        + "'embedding_types':['float'],'output_dimension':8}",
                "INVOKE_COHERE_EMBED | {'texts':['a','b'],'input_type':'search_document','embedding_types':['float'],"
                        + "'output_dimension':8}",
                "BATCH_EMBED_CONTENTS | {'requests':[{'model':'models/m','content':{'parts':[{'text':'a'}]},"
                        + "'outputDimensionality':8},{'model':'models/m','content':{'parts':[{'text':'b'}]},"
                        + "'outputDimensionality':8}]}",
                "VERTEX_EMBED        | {'instances':[{'content':'a'},{'content':'b'}],"
                        + "'parameters':{'outputDimensionality':8}}",
                "OLLAMA_EMBED        | {'model':'m','input':['a','b'],'dimensions':8}",
                "HF_EMBED            | {'inputs':['a','b']}",
            })
    void writesTextsToEveryProvider(Operation to, String expected) {
        assertThat(written(to, "{\"model\":\"alias\",\"input\":[\"a\",\"b\"],\"dimensions\":8}"))
                .isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void writesOneTextToTitanAndRefusesMore() {
        assertThat(written(Operation.INVOKE_TITAN_EMBED, "{\"input\":\"a\",\"dimensions\":256,\"normalize\":true}"))
                .isEqualTo("{\"inputText\":\"a\",\"dimensions\":256,\"normalize\":true}");
        assertThatThrownBy(() -> written(Operation.INVOKE_TITAN_EMBED, "{\"input\":[\"a\",\"b\"]}"))
                .isInstanceOf(Refused.class)
                .hasMessage("input has 2 texts (expected: 1 at most, by this model's provider)");
    }

    @Test
    void writesToVoyageInItsOwnWords() {
        assertThat(written(Operation.VOYAGE_EMBED, "{\"input\":\"a\",\"dimensions\":256,\"encoding_format\":\"float\","
                        + "\"input_type\":\"query\",\"truncation\":true}"))
                .isEqualTo("{\"model\":\"m\",\"input\":[\"a\"],\"input_type\":\"query\",\"output_dimension\":256,"
                        + "\"truncation\":true}");
        assertThat(written(Operation.VOYAGE_EMBED, "{\"input\":\"a\",\"encoding_format\":\"base64\"}"))
                .isEqualTo("{\"model\":\"m\",\"input\":[\"a\"],\"encoding_format\":\"base64\"}");
    }

    @Test
    void writesToJinaInItsOwnWords() {
        assertThat(written(Operation.JINA_EMBED, "{\"input\":[\"a\",{\"image\":\"https://x/y.png\"}],\"dimensions\":256,"
                        + "\"encoding_format\":\"base64\",\"input_type\":\"document\",\"late_chunking\":true}"))
                .isEqualTo("{\"model\":\"m\",\"input\":[\"a\",{\"image\":\"https://x/y.png\"}],\"dimensions\":256,"
                        + "\"task\":\"retrieval.passage\",\"embedding_type\":\"base64\",\"late_chunking\":true}");
        assertThat(written(Operation.JINA_EMBED, "{\"input\":\"a\",\"task\":\"text-matching\",\"embedding_type\":\"binary\"}"))
                .isEqualTo("{\"model\":\"m\",\"input\":[\"a\"],\"task\":\"text-matching\",\"embedding_type\":\"binary\"}");
    }

    @Test
    void refusesPicturesWhereOnlyTextsAreTaken() {
        assertThatThrownBy(() -> written(Operation.VOYAGE_EMBED, "{\"input\":[{\"image\":\"https://x/y.png\"}]}"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("input holds an object");
    }

    @Test
    void handsOnBase64AsTheProviderMadeIt() {
        String request = "{\"input\":\"a\",\"encoding_format\":\"base64\"}";

        assertThat(answered(Operation.JINA_EMBED, request, "{\"data\":[{\"index\":0,\"embedding\":\"AACAPw==\"}]}").output().toString())
                .contains("\"embedding\":\"AACAPw==\"");
    }

    @ParameterizedTest
    @EnumSource(value = Operation.class, names = {"BATCH_EMBED_CONTENTS", "VERTEX_EMBED"})
    void readsGooglesErrorsAsItsChatsDo(Operation to) {
        TranslatedCall call = begin(Operation.EMBEDDINGS, to, "{\"input\":\"a\"}", Map.of());

        ReplyTranslation reply = answered(call, 429, Fields.NONE, "{\"error\":{\"code\":429,\"message\":\"m\",\"details\":["
                + "{\"violations\":[{\"quotaId\":\"RequestsPerDay\"}]},{\"retryDelay\":\"48.2s\"}]}}");

        assertThat(reply.failure())
                .isEqualTo(GatewayError.of(ErrorCode.PROVIDER_QUOTA_EXHAUSTED, "m").retryAfter(49));
    }

    @Test
    void writesOneTextToNovaAndWhatItIsFor() {
        assertThat(written(Operation.INVOKE_NOVA_EMBED, "{\"input\":\"a\",\"dimensions\":256,\"input_type\":\"search_query\"}"))
                .isEqualTo("{\"taskType\":\"SINGLE_EMBEDDING\",\"singleEmbeddingParams\":{\"embeddingPurpose\":\"TEXT_RETRIEVAL\","
                        + "\"embeddingDimension\":256,\"text\":{\"value\":\"a\",\"truncationMode\":\"NONE\"}}}");
        assertThat(written(Operation.INVOKE_NOVA_EMBED, "{\"input\":\"a\",\"truncationMode\":\"END\"}"))
                .contains("\"embeddingPurpose\":\"GENERIC_INDEX\"", "\"truncationMode\":\"END\"");
    }

    @Test
    void takesTheProjectOfWatsonxFromTheConfiguration() {
        var call = begin(
                Operation.EMBEDDINGS,
                Operation.WATSONX_EMBED,
                "{\"input\":\"a\"}",
                Map.of("project_id", "\"p1\""));

        assertThat(call.body()).hasToString("{\"model_id\":\"m\",\"inputs\":[\"a\"],\"project_id\":\"p1\"}");
        assertThatThrownBy(() -> written(Operation.WATSONX_EMBED, "{\"input\":\"a\"}"))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("project_id is missing");
    }

    @Test
    void carriesThePurposeInEachOnesWord() {
        assertThat(written(Operation.COHERE_EMBED, "{\"input\":\"a\",\"input_type\":\"query\"}"))
                .contains("\"input_type\":\"search_query\"");
        assertThat(written(Operation.BATCH_EMBED_CONTENTS, "{\"input\":\"a\",\"input_type\":\"search_query\"}"))
                .contains("\"taskType\":\"RETRIEVAL_QUERY\"");
        assertThat(written(Operation.VERTEX_EMBED, "{\"input\":\"a\",\"task_type\":\"SEMANTIC_SIMILARITY\"}"))
                .contains("\"task_type\":\"SEMANTIC_SIMILARITY\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'input':[1,2]}                       | input holds token numbers",
                "{'input':[[1,2]]}                     | input holds token numbers",
                "{'input':[]}                          | input is missing or empty",
                "{'model':'x'}                         | input is missing or empty",
                "{'input':{'a':1}}                     | input is no text",
                "{'input':['a',null]}                  | input[1] is null (expected: a string)",
                "{'input':'a','dimensions':0}          | dimensions is 0 (expected: 1 or more)",
                "{'input':'a','encoding_format':'hex'} | encoding_format is \"hex\" (expected: float or base64)",
                "{'input':'a','input_type':'poem'}     | input_type is \"poem\"",
                "[]                                    | The body is an array (expected: an object)",
            })
    void refusesWhatNoProviderCouldTake(String body, String message) {
        assertThatThrownBy(() -> written(Operation.COHERE_EMBED, body.replace('\'', '"')))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesMoreTextsThanCohereTakes() {
        String body = "{\"input\":[" + "\"a\",".repeat(96) + "\"a\"]}";

        assertThatThrownBy(() -> written(Operation.COHERE_EMBED, body))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("97 texts (expected: 96 at most");
    }

    @Test
    void tellsWhatIsLost() {
        written(Operation.HF_EMBED, "{\"input\":\"a\",\"user\":\"u\",\"dimensions\":3,\"task_type\":\"query\",\"x\":1}");

        assertThat(lost).containsExactly("input_type", "dimensions", "user", "x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "COHERE_EMBED | {'id':'1','embeddings':{'float':[[1,0.5]]},'meta':{'billed_units':{'input_tokens':4}}} | 4",
                "INVOKE_COHERE_EMBED | {'id':'1','embeddings':[[1,0.5]],'response_type':'embeddings_floats'} | -1",
                "BATCH_EMBED_CONTENTS | {'embeddings':[{'values':[ 1, 0.5 ]}],'usageMetadata':{'promptTokenCount':4}} | 4",
                "VERTEX_EMBED | {'predictions':[{'embeddings':{'values':[1,0.5],'statistics':{'token_count':4}}}]} | 4",
                "INVOKE_TITAN_EMBED | {'embedding':[1,0.5],'inputTextTokenCount':4} | 4",
                "VOYAGE_EMBED | {'object':'list','data':[{'index':0,'embedding':[1,0.5]}],'usage':{'total_tokens':4}} | 4",
                "JINA_EMBED | {'data':[{'index':0,'embedding':[1,0.5]}],'usage':{'total_tokens':9,'prompt_tokens':4}} | 4",
                "INVOKE_NOVA_EMBED | {'embeddings':[{'embeddingType':'TEXT','embedding':[1,0.5]}]} | -1",
                "OLLAMA_EMBED | {'embeddings':[[1,0.5]],'prompt_eval_count':4} | 4",
                "HF_EMBED | [[1,0.5]] | -1",
                "HF_EMBED | [1,0.5] | -1",
            })
    void readsVectorsOfEveryProvider(Operation to, String body, long tokens) {
        ReplyTranslation reply = answered(to, "{\"input\":\"a\"}", body.replace('\'', '"'));

        long told = Math.max(tokens, 0);
        String usage = ",\"usage\":{\"prompt_tokens\":" + told + ",\"total_tokens\":" + told + "}";
        assertThat(reply.failure()).isNull();
        assertThat(reply.output())
                .hasToString("{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
                        + "\"embedding\":[1,0.5]}],\"model\":\"alias\"" + usage + "}");
        assertThat(reply.usage()).isEqualTo(tokens < 0 ? null : Usage.of(4, 0, 4, 0, 0, false));
    }

    @Test
    void readsBedrocksCountFromItsHeaders() {
        var call = begin(Operation.EMBEDDINGS, Operation.INVOKE_COHERE_EMBED, "{\"input\":\"a\"}", Map.of());

        ReplyTranslation reply = answered(
                call,
                200,
                name -> name.equals("x-amzn-bedrock-input-token-count") ? "9" : null,
                "{\"embeddings\":{\"float\":[[1]]}}");

        assertThat(reply.usage()).isEqualTo(Usage.of(9, 0, 9, 0, 0, false));
    }

    @Test
    void writesBase64OfLittleEndianFloats() {
        ReplyTranslation reply = answered(
                Operation.HF_EMBED, "{\"input\":\"a\",\"encoding_format\":\"base64\"}", "[[1,-2.5e-1,0.1]]");

        String base64 = json(reply.output().toString()).at("/data/0/embedding").asText();
        ByteBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(floats.remaining()).isEqualTo(12);
        assertThat(floats.getFloat()).isEqualTo(1f);
        assertThat(floats.getFloat()).isEqualTo(-0.25f);
        assertThat(floats.getFloat()).isEqualTo(0.1f);
    }

    @Test
    void failsWhereVectorsAreMissingOrNone() {
        assertThat(answered(Operation.HF_EMBED, "{\"input\":[\"a\",\"b\"]}", "[[1]]").failure())
                .extracting("code", "message")
                .containsExactly(
                        ErrorCode.UPSTREAM_PROTOCOL, "The provider sent a malformed reply: 1 vectors for 2 inputs");
        assertThat(answered(Operation.HF_EMBED, "{\"input\":\"a\"}", "[[[1,2]]]").failure()).isNotNull();
        assertThat(answered(Operation.HF_EMBED, "{\"input\":\"a\"}", "<html>").failure()).isNotNull();
        assertThat(answered(Operation.OLLAMA_EMBED, "{\"input\":\"a\"}", "{\"embeddings\":[[\"x\"]]}").failure())
                .isNotNull();
    }

    @Test
    void carriesGeminisContentsToOpenAi() {
        var one = begin(
                Operation.EMBED_CONTENT,
                Operation.EMBEDDINGS,
                "{\"content\":{\"parts\":[{\"text\":\"Hello\"}]},\"outputDimensionality\":2}",
                Map.of());
        var batch = begin(
                Operation.BATCH_EMBED_CONTENTS,
                Operation.EMBEDDINGS,
                "{\"requests\":[{\"model\":\"models/x\",\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
                        + "{\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}",
                Map.of());

        assertThat(one.body())
                .hasToString("{\"model\":\"m\",\"input\":[\"Hello\"],\"encoding_format\":\"float\",\"dimensions\":2}");
        assertThat(answered(
                                one,
                                200,
                                Fields.NONE,
                                "{\"data\":[{\"index\":0,\"embedding\":[0.1,0.2]}],\"usage\":{\"prompt_tokens\":3}}")
                        .output())
                .hasToString("{\"embedding\":{\"values\":[0.1,0.2]},\"usageMetadata\":{\"promptTokenCount\":3}}");
        assertThat(answered(
                                batch,
                                200,
                                Fields.NONE,
                                "{\"data\":[{\"index\":1,\"embedding\":\"AACAPwAAAD8=\"},{\"index\":0,\"embedding\":[3]}]}")
                        .output())
                .hasToString("{\"embeddings\":[{\"values\":[3]},{\"values\":[1.0,0.5]}]}");
    }

    @Test
    void refusesGeminisPicturesAndMixedBatches() {
        assertThatThrownBy(() -> begin(
                        Operation.EMBED_CONTENT,
                        Operation.EMBEDDINGS,
                        "{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"aGk=\"}}]}}",
                        Map.of()))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("content.parts[0].inlineData cannot be carried");
        assertThatThrownBy(() -> begin(
                        Operation.BATCH_EMBED_CONTENTS,
                        Operation.EMBEDDINGS,
                        "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
                                + "{\"taskType\":\"CLUSTERING\",\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}",
                        Map.of()))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("requests[1] differs");
    }

    @Test
    void tellsErrorsInTheGatewaysWords() {
        var call = begin(Operation.EMBEDDINGS, Operation.COHERE_EMBED, "{\"input\":\"a\"}", Map.of());

        ReplyTranslation reply = answered(call, 404, Fields.NONE, "{\"id\":\"1\",\"message\":\"model 'x' not found\"}");

        assertThat(reply.failure())
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_MODEL_NOT_FOUND, "model 'x' not found");
    }

    @Test
    void readsRecordedReplies() {
        int read = 0;
        for (Recording recording : Recordings.of(List.of("gemini", "vertex", "ollama", "huggingface"))) {
            Operation to = operation(recording);
            if (to == null || recording.status() != 200) {
                continue;
            }
            JsonNode written = json(answered(to, "{\"input\":\"a\"}", recording.body()).output().toString());
            JsonNode original = json(recording.body());
            for (String path : List.of("/embeddings/0/values", "/predictions/0/embeddings/values", "/embedding", "")) {
                if (original.at(path).isArray()) {
                    assertThat(written.at("/data/0/embedding")).as(recording.id()).isEqualTo(original.at(path));
                    read++;
                }
            }
        }
        assertThat(read).isEqualTo(4);
    }

    private static @Nullable Operation operation(Recording recording) {
        return switch (recording.api()) {
            case "gemini.batchEmbedContents" -> Operation.BATCH_EMBED_CONTENTS;
            case "vertex.predict" -> Operation.VERTEX_EMBED;
            case "ollama.embed" -> Operation.OLLAMA_EMBED;
            case "huggingface.inference" -> Operation.HF_EMBED;
            default -> null;
        };
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
