package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which of the features that Anthropic's clients ask for in `anthropic-beta` Bedrock is asked for, in the body. Stateless.
///
/// Bedrock answers a name that it does not know with 400 `invalid beta flag`, and agents name a dozen with every request,
/// some of them of use to nobody but Anthropic (`claude-code-…`, `oauth-…`, `prompt-caching-scope-…`). So a header brings
/// only those along that are known to be taken: by AWS's table and by what LiteLLM sends
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html,
/// https://github.com/BerriAI/litellm/blob/main/litellm/anthropic_beta_headers_config.json). What a request or the
/// configuration names in `anthropic_beta`, Bedrock's own word for it, goes there whatever it is: a name of tomorrow needs
/// no new gateway.
public final class BedrockBetas {
    public static final String MEMBER = "anthropic_beta";

    private static final Set<String> TAKEN = Set.of(
            "computer-use-2024-10-22",
            "computer-use-2025-01-24",
            "computer-use-2025-11-24",
            "token-efficient-tools-2025-02-19",
            "interleaved-thinking-2025-05-14",
            "dev-full-thinking-2025-05-14",
            "output-128k-2025-02-19",
            "fine-grained-tool-streaming-2025-05-14",
            "context-1m-2025-08-07",
            "effort-2025-11-24",
            "thinking-binding-controls-2026-08-01",
            "thinking-display-updates-2026-08-18");

    /// Features whose fields Converse has no place for.
    private static final Set<String> TAKEN_BY_INVOKE = Set.of(
            "context-management-2025-06-27",
            "compact-2026-01-12",
            "tool-search-tool-2025-10-19",
            "tool-examples-2025-10-29",
            "dangerous-tool-use-2026-09-03",
            "mid-conversation-output-config-2026-07-01",
            "mid-conversation-tool-changes-2026-07-01");

    /// Bedrock's names of what Anthropic calls otherwise.
    private static final Map<String, String> RENAMED =
            Map.of("advanced-tool-use-2025-11-20", "tool-search-tool-2025-10-19");

    private BedrockBetas() {}

    /// Those of a header that InvokeModel takes.
    static List<String> invoke(List<String> asked) {
        return taken(asked, true);
    }

    /// Those of a header that Converse takes.
    public static List<String> converse(List<String> asked) {
        return taken(asked, false);
    }

    private static List<String> taken(List<String> asked, boolean invoke) {
        List<String> taken = new ArrayList<>(asked.size());
        for (String name : asked) {
            String known = RENAMED.getOrDefault(name, name);
            if (TAKEN.contains(known) || (invoke && TAKEN_BY_INVOKE.contains(known))) {
                taken.add(known);
            }
        }
        return taken;
    }

    /// The body's names and those of the header behind them, each of these once. What is no list is not ours to mend.
    ///
    /// @param named the value of [#MEMBER]
    public static @Nullable RawJson joined(@Nullable RawJson named, List<String> taken) {
        if (taken.isEmpty() || (named != null && !named.isArray() && !named.isNull())) {
            return named;
        }
        JsonOutput all = new JsonOutput().beginArray();
        Set<String> names = named != null && named.isArray() ? copied(named, all) : new HashSet<>();
        boolean added = false;
        for (String name : taken) {
            if (names.add(name)) {
                all.value(name);
                added = true;
            }
        }
        return added ? all.endArray().toRaw() : named;
    }

    private static Set<String> copied(RawJson named, JsonOutput out) {
        Set<String> names = new HashSet<>();
        JsonCursor cursor = new JsonCursor().over(named);
        cursor.array();
        while (cursor.element()) {
            boolean name = cursor.kind() == JsonKind.STRING;
            RawJson element = cursor.raw();
            out.value(element);
            if (name) {
                names.add(element.text());
            }
        }
        return names;
    }
}
