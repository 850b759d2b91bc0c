package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a request of Anthropic's Messages API. What a model takes is read from its name there ([ClaudeModel]). One a
/// request.
final class MessagesRequestWriter {
    private final ChatRequest request;
    private final UpstreamCall call;
    private final MessagesHost host;
    private final JsonOutput out;

    private final ClaudeModel model;
    private final long maxTokens;
    private final MappedExtras extras;
    private final ThinkingPlan thinking;
    private final AnswerPlan answer;
    private final Turns turns;

    MessagesRequestWriter(ChatRequest request, UpstreamCall call, MessagesHost host, JsonOutput out) {
        this.extras = new MappedExtras(request, call);
        this.request = extras.withThinking();
        this.call = call;
        this.host = host;
        this.out = out;
        Long asked = request.sampling().maxTokens();
        model = ClaudeModel.of(call.model());
        maxTokens = Math.max(1, asked == null ? call.maxTokens() : asked);
        thinking = ThinkingPlan.of(this.request, model, maxTokens, call.losses());
        answer = AnswerPlan.of(request, model, thinking.on(), call);
        turns = new Turns(request.messages(), request.dialect(), host, call);
    }

    void write() {
        out.beginObject();
        head();
        system();
        messages();
        new ToolsWriter(request, model, answer, thinking.on(), call, out).write(turns);
        sampling();
        thinking.write(out);
        outputConfig();
        extras.write(host, out);
        out.endObject();
    }

    private void head() {
        if (host == MessagesHost.ANTHROPIC) {
            out.member("model", call.model());
        } else {
            out.optional("anthropic_version", host.version());
        }
        out.member("max_tokens", maxTokens);
        if (request.stream() && host != MessagesHost.BEDROCK) {
            out.member("stream", true);
        }
    }

    private void system() {
        List<Part> texts = new ArrayList<>(turns.system());
        if (answer.way() == AnswerPlan.Way.INSTRUCTION) {
            texts.add(Part.Text.of(answer.instruction()));
        }
        if (!texts.isEmpty()) {
            out.name("system");
            new BlockWriter(out).content(texts);
        }
    }

    private void messages() {
        BlockWriter blocks = new BlockWriter(out);
        out.name("messages").beginArray();
        for (Turns.Turn turn : turns.turns()) {
            out.beginObject().member("role", turn.assistant() ? "assistant" : "user").name("content");
            if (turn.results().isEmpty()) {
                blocks.content(turn.others());
            } else {
                blocks.blocks(turn.results(), turn.others());
            }
            out.endObject();
        }
        out.endArray();
    }

    private void sampling() {
        Sampling sampling = request.sampling();
        temperature(sampling.temperature());
        topP(sampling.topP(), sampling.temperature() != null);
        if (sampling.topK() != null) {
            if (model.adaptsOnly() || thinking.on()) {
                call.lost("top_k");
            } else {
                out.member("top_k", sampling.topK());
            }
        }
        stop(sampling.stop());
        lostSampling(sampling);
    }

    private void temperature(@Nullable Double asked) {
        if (asked == null) {
            return;
        }
        if (!model.adaptsOnly() && !thinking.on()) {
            out.member("temperature", Math.clamp(asked, 0.0, 1.0));
        } else if (asked != 1) {
            call.lost("temperature");
        }
    }

    private void topP(@Nullable Double asked, boolean temperature) {
        if (asked == null) {
            return;
        }
        boolean fits = thinking.on() ? asked >= 0.95 : !temperature || model.takesTemperatureBesideTopP();
        if (fits && !model.adaptsOnly()) {
            out.member("top_p", Math.clamp(asked, 0.0, 1.0));
        } else if (asked < 1) {
            call.lost("top_p");
        }
    }

    /// Anthropic refuses blank ones.
    private void stop(List<String> asked) {
        List<String> stop = asked.stream().filter(text -> !text.isBlank()).toList();
        if (stop.size() < asked.size()) {
            call.lost("stop");
        }
        out.optional("stop_sequences", stop);
    }

    private void lostSampling(Sampling sampling) {
        lostIf(sampling.frequencyPenalty() != null && sampling.frequencyPenalty() != 0, "frequency_penalty");
        lostIf(sampling.presencePenalty() != null && sampling.presencePenalty() != 0, "presence_penalty");
        lostIf(sampling.seed() != null, "seed");
        lostIf(sampling.n() != null && sampling.n() > 1, "n");
        lostIf(Boolean.TRUE.equals(sampling.logprobs()), "logprobs");
        lostIf(sampling.topLogprobs() != null && sampling.topLogprobs() > 0, "top_logprobs");
        lostIf(sampling.logitBias() != null && sampling.logitBias().length() > 2, "logit_bias");
    }

    private void lostIf(boolean lost, String parameter) {
        if (lost) {
            call.lost(parameter);
        }
    }

    private void outputConfig() {
        RawJson others = extras.outputConfig();
        boolean format = answer.way() == AnswerPlan.Way.FORMAT;
        if (thinking.effort() == null && !format && others == null) {
            return;
        }
        boolean ownEffort = others != null && Block.child(others, "effort") != null;
        out.name("output_config").beginObject().optional("effort", ownEffort ? null : thinking.effort());
        if (format) {
            out.name("format")
                    .beginObject()
                    .member("type", "json_schema")
                    .optional("schema", answer.schema())
                    .endObject();
        }
        MappedExtras.members(others, out);
        out.endObject();
    }
}
