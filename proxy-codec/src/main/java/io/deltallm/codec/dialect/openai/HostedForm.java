package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.json.JsonCursor;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whose a tool is that is no function: clients of gateways put other providers' tools, in their own form, among OpenAI's.
/// Stateless.
final class HostedForm {
    /// `web_search_20250305`, `computer_20251124`.
    private static final Pattern ANTHROPIC = Pattern.compile("[a-z_]+_20\\d{6}");
    private static final Set<String> GOOGLE = Set.of(
            "googleSearch", "google_search", "googleSearchRetrieval", "codeExecution", "code_execution", "urlContext",
            "url_context", "googleMaps", "google_maps", "enterpriseWebSearch", "fileSearch", "file_search", "computerUse",
            "computer_use");
    private static final String BEDROCK = "systemTool";

    private HostedForm() {}

    /// @param type null where it has none
    /// @return null if it is a tool of nobody's
    static Tool.@Nullable Hosted of(@Nullable String type, RawJson definition) {
        if (type != null) {
            Operation owner = ANTHROPIC.matcher(type).matches() ? Operation.MESSAGES : Operation.CHAT_COMPLETIONS;
            return new Tool.Hosted(owner.label(), definition);
        }
        JsonCursor cursor = new JsonCursor().over(definition);
        cursor.object();
        String only = cursor.name();
        if (only == null || cursor.name() != null) {
            return null;
        }
        if (GOOGLE.contains(only)) {
            return new Tool.Hosted(Operation.GENERATE_CONTENT.label(), definition);
        }
        return only.equals(BEDROCK) ? new Tool.Hosted(Operation.CONVERSE.label(), definition) : null;
    }
}
