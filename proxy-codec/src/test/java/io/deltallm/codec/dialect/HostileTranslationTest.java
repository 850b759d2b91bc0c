package io.deltallm.codec.dialect;

import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.embedding.Embeddings;
import io.deltallm.codec.dialect.image.Images;
import io.deltallm.codec.dialect.rerank.Reranks;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Requests and replies of embeddings, rankings and pictures that are damaged in every place: refused, never a crash.
class HostileTranslationTest {
    private static final byte[] DAMAGE = "\"{[}],:x0n\\ \u0001".getBytes(StandardCharsets.UTF_8);
    private static final String EMBEDDINGS = "{'input':['a'],'dimensions':3,'encoding_format':'base64','task_type':'query',"
            + "'user':'u','project_id':'p','x':[1]}";

    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private static List<Translation> from(Operation asked) {
        return switch (asked) {
            case RERANK -> Reranks.all();
            case IMAGES_GENERATIONS -> Images.all();
            default -> new Embeddings().from(asked);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "EMBEDDINGS | BATCH_EMBED_CONTENTS | " + EMBEDDINGS
                        + " | {'embeddings':[{'values':[1,2.5]}],'usageMetadata':{'promptTokenCount':1}}",
                "EMBEDDINGS | VERTEX_EMBED | " + EMBEDDINGS
                        + " | {'predictions':[{'embeddings':{'values':[1],'statistics':{'token_count':1}}}]}",
                "EMBEDDINGS | COHERE_EMBED | " + EMBEDDINGS
                        + " | {'embeddings':{'float':[[1,2]]},'meta':{'billed_units':{'input_tokens':1}}}",
                "EMBEDDINGS | INVOKE_TITAN_EMBED | " + EMBEDDINGS + " | {'embedding':[1],'inputTextTokenCount':1}",
                "EMBEDDINGS | VOYAGE_EMBED | " + EMBEDDINGS + " | {'data':[{'index':0,'embedding':[1]}],'usage':{'total_tokens':1}}",
                "EMBEDDINGS | INVOKE_NOVA_EMBED | " + EMBEDDINGS + " | {'embeddings':[{'embeddingType':'TEXT','embedding':[1]}]}",
                "EMBEDDINGS | OLLAMA_EMBED | " + EMBEDDINGS
                        + " | {'model':'m','embeddings':[[1]],'prompt_eval_count':1}",
                "EMBEDDINGS | HF_EMBED | " + EMBEDDINGS + " | [[1,-2e-3]]",
                "EMBEDDINGS | WATSONX_EMBED | " + EMBEDDINGS
                        + " | {'model_id':'m','results':[{'embedding':[1]}],'input_token_count':1}",
                "BATCH_EMBED_CONTENTS | EMBEDDINGS | {'requests':[{'content':{'parts':[{'text':'a'}]},'taskType':'CLUSTERING',"
                        + "'title':'t','outputDimensionality':2}]}"
                        + " | {'model':'m','data':[{'index':0,'embedding':'AACAPw=='}],'usage':{'prompt_tokens':1}}",
                "RERANK | COHERE_RERANK | {'query':'q','documents':['a',{'text':'b'}],'top_n':1,'return_documents':true}"
                        + " | {'id':'i','results':[{'index':1,'relevance_score':1}],'meta':{'billed_units':{'search_units':1}}}",
                "RERANK | VOYAGE_RERANK | {'query':'q','documents':['a'],'truncation':true}"
                        + " | {'data':[{'index':0,'relevance_score':0.5}],'usage':{'total_tokens':1}}",
                "RERANK | INVOKE_RERANK | {'query':'q','documents':['a'],'top_n':1}"
                        + " | {'results':[{'index':0,'relevance_score':0.5}]}",
                "IMAGES_GENERATIONS | GENERATE_CONTENT | {'prompt':'p','size':'1x1','aspect_ratio':'1:1'}"
                        + " | {'candidates':[{'content':{'parts':[{'inlineData':{'mimeType':'image/png','data':'aGk='}}]}}]}",
                "IMAGES_GENERATIONS | STABILITY_IMAGE | {'prompt':'p','size':'1024x1024','n':1,'quality':'hd','seed':5}"
                        + " | {'image':'aGk=','finish_reason':'SUCCESS'}",
                "IMAGES_GENERATIONS | VERTEX_IMAGE | {'prompt':'p','size':'1x1','seed':5}"
                        + " | {'predictions':[{'bytesBase64Encoded':'aGk='}]}",
                "IMAGES_GENERATIONS | INVOKE_TITAN_IMAGE | {'prompt':'p','response_format':'url','stream':false}"
                        + " | {'images':['aGk='],'error':null}",
            })
    void refusesDamage(Operation asked, Operation to, String request, String reply) {
        Translation translation = from(asked).stream()
                .filter(candidate -> candidate.to() == to)
                .findFirst()
                .orElseThrow();
        byte[] sound = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        byte[] answer = reply.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        assertThat(failed(begin(translation, sound), answer)).as("as it is").isFalse();
        int refusals = 0;
        for (int at = 0; at < Math.max(sound.length, answer.length); at++) {
            for (byte wrong : DAMAGE) {
                refusals += refused(translation, damaged(sound, at, wrong)) ? 1 : 0;
                refusals += failed(begin(translation, sound), damaged(answer, at, wrong)) ? 1 : 0;
            }
        }
        assertThat(refusals).isGreaterThan(answer.length);
    }

    private static byte[] damaged(byte[] sound, int at, byte wrong) {
        byte[] damaged = sound.clone();
        damaged[at % damaged.length] = wrong;
        return damaged;
    }

    private static TranslatedCall begin(Translation translation, byte[] body) {
        return translation.begin(
                new Asked(
                        new RawJson(body, 0, body.length),
                        PathCall.NONE,
                        new ClientCall("id1", "alias", false, false, 1),
                        Map.of(),
                        Map.of()),
                new UpstreamCall("m", "p", Set.of(), 0, _ -> {}));
    }

    private static boolean refused(Translation translation, byte[] body) {
        try {
            begin(translation, body);
            return false;
        } catch (Refused expected) {
            return true;
        }
    }

    private boolean failed(TranslatedCall call, byte[] body) {
        ReplyTranslation reply = call.reply(200, Fields.NONE);
        ByteBuf buffer = buffers.of(body);
        reply.feed(buffer);
        buffer.release();
        reply.end();
        assertThat(reply.output().isEmpty()).isEqualTo(reply.failure() != null);
        return reply.failure() != null;
    }
}
