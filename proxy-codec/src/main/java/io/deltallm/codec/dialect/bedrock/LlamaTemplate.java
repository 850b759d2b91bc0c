package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.dialect.bedrock.InvokeTurns.Turn;
import java.util.List;
import java.util.Locale;

/// The prompts that the generations of Llama were trained on (https://www.llama.com/docs/model-cards-and-prompt-formats/).
enum LlamaTemplate {
    LLAMA_2 {
        @Override
        String render(InvokeTurns turns) {
            return instructed(turns);
        }
    },
    LLAMA_3 {
        @Override
        String render(InvokeTurns turns) {
            return headed(turns, "<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>");
        }
    },
    LLAMA_4 {
        @Override
        String render(InvokeTurns turns) {
            return headed(turns, "<|header_start|>", "<|header_end|>\n\n", "<|eot|>");
        }
    };

    abstract String render(InvokeTurns turns);

    static LlamaTemplate of(String model) {
        String id = model.toLowerCase(Locale.ROOT);
        if (id.contains("llama2") || id.contains("llama-2")) {
            return LLAMA_2;
        }
        return id.contains("llama4") || id.contains("llama-4") ? LLAMA_4 : LLAMA_3;
    }

    private static String headed(InvokeTurns turns, String before, String after, String end) {
        StringBuilder prompt = new StringBuilder("<|begin_of_text|>");
        if (!turns.instructions().isEmpty()) {
            prompt.append(before).append("system").append(after).append(turns.instructions()).append(end);
        }
        for (Turn turn : turns.turns()) {
            String role = turn.assistant() ? "assistant" : "user";
            prompt.append(before).append(role).append(after).append(turn.text()).append(end);
        }
        return prompt.append(before).append("assistant").append(after).toString();
    }

    /// Instructions stand within the first question.
    private static String instructed(InvokeTurns turns) {
        String system = turns.instructions().isEmpty() ? "" : "<<SYS>>\n" + turns.instructions() + "\n<</SYS>>\n\n";
        List<Turn> all = turns.turns();
        StringBuilder prompt = new StringBuilder();
        boolean open = false;
        if (all.isEmpty() || all.getFirst().assistant()) {
            prompt.append("<s>[INST] ").append(system).append(" [/INST]");
            system = "";
            open = true;
        }
        for (Turn turn : all) {
            if (turn.assistant()) {
                prompt.append(' ').append(turn.text()).append(" </s>");
            } else {
                prompt.append("<s>[INST] ").append(system).append(turn.text()).append(" [/INST]");
                system = "";
            }
            open = !turn.assistant();
        }
        return open ? prompt.toString() : prompt.append("<s>[INST]  [/INST]").toString();
    }
}
