package io.deltallm.policy.model;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.provider.ProviderTable;
import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.route.ModelGroup;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.spend.ModelFacts;
import io.deltallm.policy.spend.Money;
import io.deltallm.policy.spend.Price;
import io.deltallm.policy.spend.PriceBook;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST /spend/calculate`: `{"model", "messages"}` → what the prompt costs, `{"completion_response": {"model", "usage"}}` →
/// what the exchange did. Models are those of the configuration, and `provider/model` of the price book. May take time in
/// proportion to the text; call it off the event loop. Thread-safe.
public final class SpendCalculator {
    /// More tokens than any exchange has; few enough that every price can be paid in a long.
    private static final long MOST = 1_000_000_000;

    private final ProviderTable providers = ProviderTable.load();
    private final PriceBook book;
    private final Clock clock;
    private final TokenCounts counts = new TokenCounts();

    public SpendCalculator(PriceBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    public Answer calculate(Snapshot snapshot, Caller caller, byte[] body) {
        Map<?, ?> request = JsonBody.object(body);
        if (request == null) {
            return Answer.refused("the body is no JSON object (expected: {\"model\": …, \"messages\": […]})", null);
        }
        Map<?, ?> reply = request.get("completion_response") instanceof Map<?, ?> map ? map : Map.of();
        Object named = request.get("model") != null ? request.get("model") : reply.get("model");
        if (!(named instanceof String model)) {
            return Answer.refused("model: " + JsonBody.shown(named) + " (expected: a string)", "model");
        }
        Priced priced = priced(snapshot, caller, model);
        if (!priced.price().isKnown()) {
            return Answer.refused("no price is known of model \"" + model
                    + "\" (expected: a model of the configuration or of the price book, as openai/gpt-4o)", "model");
        }
        Usage usage = reply.isEmpty() ? prompt(request, priced.model()) : usage(reply.get("usage"));
        return usage == null
                ? Answer.refused("nothing to price (expected: messages, prompt, or completion_response with usage)", "messages")
                : answer(priced.price().on(LocalDate.now(clock)).cost(usage));
    }

    /// @param model its name at its provider
    private record Priced(String model, Price price) {}

    private Priced priced(Snapshot snapshot, Caller caller, String model) {
        ModelGroup group = caller.models().mayUse(model) ? snapshot.group(model) : null;
        if (group != null) {
            Target target = group.targets().getFirst();
            return new Priced(TokenCounter.modelOf(target), target.facts().price());
        }
        int slash = model.indexOf('/');
        ProviderTable.Row row = slash < 0 ? providers.row("openai") : providers.row(model.substring(0, slash));
        String name = slash < 0 ? model : model.substring(slash + 1);
        ModelFacts facts = row == null ? ModelFacts.UNKNOWN : book.find(row.id(), name);
        return new Priced(name, facts.price());
    }

    private @Nullable Usage prompt(Map<?, ?> request, String model) {
        TokenCounter.Count count = TokenCounter.count(request, counts.way(model));
        return count == null ? null : Usage.estimate(count.tokens(), 0);
    }

    /// OpenAI's form, with the cache's counts as OpenAI's or as Anthropic's.
    private static @Nullable Usage usage(@Nullable Object stated) {
        if (!(stated instanceof Map<?, ?> usage)) {
            return null;
        }
        Map<?, ?> prompt = member(usage, "prompt_tokens_details");
        Map<?, ?> completion = member(usage, "completion_tokens_details");
        long in = number(usage, "prompt_tokens");
        long out = number(usage, "completion_tokens");
        long cached = Math.max(number(prompt, "cached_tokens"), number(usage, "cache_read_input_tokens"));
        long written = Math.max(number(prompt, "cache_write_tokens"), number(usage, "cache_creation_input_tokens"));
        return new Usage(
                in,
                out,
                in + out,
                cached,
                written,
                number(completion, "reasoning_tokens"),
                number(prompt, "audio_tokens"),
                number(completion, "audio_tokens"),
                false);
    }

    private static Map<?, ?> member(Map<?, ?> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static long number(Map<?, ?> object, String name) {
        return object.get(name) instanceof Long number ? Math.clamp(number, 0, MOST) : 0;
    }

    private static Answer answer(Money cost) {
        return new Answer.Given(JsonBody.written(json -> {
            json.writeStartObject();
            json.writeFieldName("cost");
            json.writeNumber(cost.toString());
            json.writeEndObject();
        }));
    }
}
