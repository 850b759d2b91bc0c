package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonProblem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Replies that are damaged in every place: a reader may refuse them or tell a failure, and nothing else.
class HostileReplyTest {
    private static final byte[] DAMAGE = "\"{[}],:x0n\\ \u0001".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "COHERE_CHAT | false | {'id':'1','message':{'tool_plan':'p','content':[{'type':'text','text':'t'}],"
                        + "'tool_calls':[{'id':'c','function':{'name':'f','arguments':'{}'}}],'citations':[{'start':0,'end':1,"
                        + "'sources':[{'document':{'url':'u','title':'t'}}]}]},'finish_reason':'COMPLETE',"
                        + "'usage':{'tokens':{'input_tokens':1,'output_tokens':2},'cached_tokens':0}}",
                "COHERE_CHAT | true | {'type':'message-end','id':'1','delta':{'message':{'content':{'text':'t'},"
                        + "'tool_calls':{'id':'c','function':{'name':'f','arguments':'{}'}},'citations':{'start':0,'end':1,"
                        + "'sources':[{'document':{'url':'u'}}]}},'finish_reason':'ERROR','error':'e',"
                        + "'usage':{'billed_units':{'input_tokens':1}}}}",
                "COHERE_CHAT_V1 | true | {'event_type':'stream-end','generation_id':'g','text':'t','tool_calls':[{'name':'f',"
                        + "'parameters':{}}],'documents':[{'id':'d','url':'u','title':'t'}],'citations':[{'start':0,'end':1,"
                        + "'document_ids':['d']}],'finish_reason':'COMPLETE','response':{'token_count':{'prompt_tokens':1},"
                        + "'meta':{'tokens':{'input_tokens':1}}}}",
                "OLLAMA_CHAT | true | {'model':'m','message':{'content':'t','thinking':'h','tool_calls':[{'id':'c','function':"
                        + "{'name':'f','arguments':{}}}]},'done':true,'done_reason':'stop','prompt_eval_count':1,"
                        + "'eval_count':2}",
                "TGI_GENERATE | false | [{'generated_text':'t','details':{'finish_reason':'length','generated_tokens':1}}]",
                "TGI_GENERATE | true | {'token':{'text':'t','special':false},'generated_text':'t',"
                        + "'details':{'finish_reason':'eos_token','input_length':1,'generated_tokens':1}}",
                "REPLICATE_PREDICTION | false | {'id':'1','status':'succeeded','output':['a','b'],'error':null,"
                        + "'urls':{'get':'g','stream':'s','cancel':'c'},'metrics':{'input_token_count':1,"
                        + "'output_token_count':1}}",
                "WATSONX_CHAT | false | {'id':'1','model_id':'m','choices':[{'index':0,'message':{'content':'t','tool_calls':"
                        + "[{'id':'c','function':{'name':'f','arguments':'{}'}}]},'finish_reason':'stop'}],"
                        + "'usage':{'prompt_tokens':1,'completion_tokens':1,'total_tokens':2}}",
                "WATSONX_CHAT | true | {'model_id':'m','results':[{'generated_text':'t','generated_token_count':1,"
                        + "'input_token_count':1,'stop_reason':'eos_token'}]}",
                "ALEPH_ALPHA_COMPLETE | false | {'completions':[{'completion':'t','finish_reason':'end_of_text'}],"
                        + "'num_tokens_prompt_total':1,'num_tokens_generated':1}",
            })
    void neverCrashesAReader(Operation operation, boolean streamed, String reply) {
        UpstreamDialect dialect = Objects.requireNonNull(new Dialects().upstream(operation));
        byte[] sound = reply.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        AtomicInteger events = new AtomicInteger();

        assertThat(refused(dialect, streamed, sound, events)).as("as it is").isFalse();
        assertThat(events).as("events").hasValueGreaterThan(1);
        int refusals = 0;
        for (int at = 0; at < sound.length; at++) {
            refusals += refused(dialect, streamed, Arrays.copyOf(sound, at), events) ? 1 : 0;
            for (byte wrong : DAMAGE) {
                byte[] damaged = sound.clone();
                damaged[at] = wrong;
                refusals += refused(dialect, streamed, damaged, events) ? 1 : 0;
            }
        }
        assertThat(refusals).isGreaterThan(sound.length);
    }

    /// Whether the reader refused it; any other exception fails the test.
    private static boolean refused(UpstreamDialect dialect, boolean streamed, byte[] bytes, AtomicInteger events) {
        try {
            ReplyReader reader = dialect.replyReader(streamed);
            reader.read(new Frame().set(bytes, 0, bytes.length, ""), (ChatEvent event) -> events.incrementAndGet());
            reader.end(event -> events.incrementAndGet());
            return false;
        } catch (JsonProblem | Refused expected) {
            return true;
        }
    }
}
