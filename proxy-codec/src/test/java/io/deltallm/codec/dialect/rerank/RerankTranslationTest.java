package io.deltallm.codec.dialect.rerank;

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
import io.deltallm.codec.dialect.UpstreamCall;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RerankTranslationTest {
    private static final String FOUR = "{\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\"},\"c\",\"d\",\"e\"]}";

    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private final List<String> lost = new ArrayList<>();

    private TranslatedCall begin(Operation to, String body) {
        return begin(to, "m", body);
    }

    private TranslatedCall begin(Operation to, String model, String body) {
        return Reranks.all().stream()
                .filter(translation -> translation.to() == to)
                .findFirst()
                .orElseThrow()
                .begin(
                        new Asked(
                                RawJson.ofLiteral(body),
                                PathCall.NONE,
                                new ClientCall("id1", "alias", false, false, 1),
                                Map.of(),
                                Map.of()),
                        new UpstreamCall(model, "p", Set.of(), 0, lost::add));
    }

    private ReplyTranslation answered(TranslatedCall call, String body) {
        ReplyTranslation reply = call.reply(200, Fields.NONE);
        ByteBuf buffer = buffers.of(body);
        reply.feed(buffer);
        buffer.release();
        reply.end();
        return reply;
    }

    @Test
    void writesTextsToBedrockAndReadsItsRanking() {
        String body = "{\"model\":\"alias\",\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\"}],\"top_n\":1,"
                + "\"max_tokens_per_doc\":50,\"priority\":1}";

        assertThat(begin(Operation.INVOKE_RERANK, "cohere.rerank-v3-5:0", body).body()).hasToString(
                "{\"query\":\"q\",\"documents\":[\"a\",\"b\"],\"top_n\":1,\"api_version\":2,\"max_tokens_per_doc\":50}");
        assertThat(lost).containsExactly("priority");
        TranslatedCall own = begin(Operation.INVOKE_RERANK, "amazon.rerank-v1:0", body);
        assertThat(own.body()).hasToString("{\"query\":\"q\",\"documents\":[\"a\",\"b\"],\"top_n\":1}");
        assertThat(answered(own, "{\"results\":[{\"index\":1,\"relevance_score\":0.5}]}").output())
                .hasToString("{\"id\":\"rerank-id1\",\"results\":[{\"index\":1,\"relevance_score\":0.5}],\"meta\":{}}");
    }

    @Test
    void writesTextsToCohere() {
        String body = "{\"model\":\"alias\",\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\",\"id\":1},{\"title\":\"c\"}],"
                + "\"top_n\":2,\"return_documents\":true,\"max_chunks_per_doc\":10,\"max_tokens_per_doc\":50}";

        assertThat(begin(Operation.COHERE_RERANK, body).body())
                .hasToString("{\"model\":\"m\",\"query\":\"q\",\"documents\":[\"a\",\"b\",\"{\\\"title\\\":\\\"c\\\"}\"],"
                        + "\"top_n\":2,\"max_tokens_per_doc\":50}");
        assertThat(lost).containsExactly("max_chunks_per_doc");
    }

    @Test
    void writesTopNAsTopKToVoyage() {
        String body = "{\"query\":\"q\",\"documents\":[\"a\"],\"top_n\":1,\"truncation\":true}";

        assertThat(begin(Operation.VOYAGE_RERANK, body).body())
                .hasToString("{\"query\":\"q\",\"documents\":[\"a\"],\"model\":\"m\",\"top_k\":1,\"truncation\":true}");
    }

    @Test
    void returnsDocumentsAsTheClientWroteThem() {
        TranslatedCall call = begin(
                Operation.COHERE_RERANK,
                "{\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\",\"id\":1}],\"return_documents\":true}");

        assertThat(answered(
                                call,
                                "{\"id\":\"r\",\"results\":[{\"index\":1,\"relevance_score\":0.9},"
                                        + "{\"index\":0,\"relevance_score\":1e-3}]}")
                        .output())
                .hasToString("{\"id\":\"r\",\"results\":[{\"index\":1,\"relevance_score\":0.9,\"document\":"
                        + "{\"text\":\"b\",\"id\":1}},{\"index\":0,\"relevance_score\":1e-3,\"document\":"
                        + "{\"text\":\"a\"}}],\"meta\":{}}");
    }

    @Test
    void readsTheRecordedReplies() {
        for (Recording recording : Recordings.of(List.of("cohere", "voyage"))) {
            if (recording.api().equals("cohere.rerank")) {
                ReplyTranslation reply = answered(begin(Operation.COHERE_RERANK, FOUR), recording.body());
                assertThat(reply.output())
                        .hasToString("{\"id\":\"26c7d7a0-ca6f-49b3-a685-1e44a732603d\",\"results\":["
                                + "{\"index\":3,\"relevance_score\":0.999071},{\"index\":4,\"relevance_score\":0.7779754},"
                                + "{\"index\":1,\"relevance_score\":0.08882029}],"
                                + "\"meta\":{\"billed_units\":{\"search_units\":1}}}");
                assertThat(reply.usage()).isNull();
            } else if (recording.api().equals("voyage.rerank")) {
                ReplyTranslation reply = answered(begin(Operation.VOYAGE_RERANK, FOUR), recording.body());
                assertThat(reply.output())
                        .hasToString("{\"id\":\"rerank-id1\",\"results\":[{\"index\":3,\"relevance_score\":0.7421875},"
                                + "{\"index\":0,\"relevance_score\":0.69140625},{\"index\":2,\"relevance_score\":0.494140625}],"
                                + "\"meta\":{\"billed_units\":{\"total_tokens\":57},\"tokens\":{\"input_tokens\":57}}}");
                assertThat(reply.usage()).isEqualTo(Usage.of(57, 0, 57, 0, 0, false));
            }
        }
    }

    @Test
    void failsWhereTheReplyNamesADocumentThatIsNot() {
        assertThat(answered(
                                begin(Operation.VOYAGE_RERANK, "{\"query\":\"q\",\"documents\":[\"a\"]}"),
                                "{\"data\":[{\"index\":1,\"relevance_score\":1}]}")
                        .failure())
                .extracting("message")
                .isEqualTo("The provider sent a malformed reply: index 1 of 1 documents");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'documents':['a']}                     | query is missing (expected: a string)",
                "{'query':'q'}                           | documents is missing or empty (expected: a list of texts)",
                "{'query':'q','documents':[]}            | documents is missing or empty (expected: a list of texts)",
                "{'query':'q','documents':'a'}           | documents is a string (expected: an array)",
                "{'query':'q','documents':[1]}           | documents[0] is no document",
                "{'query':1,'documents':['a']}           | query is 1 (expected: a string)",
                "{'query':'q','documents':['a'],'top_n':0} | top_n is 0 (expected: 1 or more)",
            })
    void refusesNonsense(String body, String message) {
        assertThatThrownBy(() -> begin(Operation.COHERE_RERANK, body.replace('\'', '"')))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(message);
    }
}
