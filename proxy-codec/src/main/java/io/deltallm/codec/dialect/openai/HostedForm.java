package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.json.JsonCursor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose a tool is that is no function: clients of gateways put other providers' tools, in their own form, among OpenAI's.
/// Stateless.
final class HostedForm {
    private static final int DATE_LENGTH = "_20250305".length();
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
            Operation owner = isDated(type) ? Operation.MESSAGES : Operation.CHAT_COMPLETIONS;
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

    /// As Anthropic's are: `web_search_20250305`, `computer_20251124`.
    private static boolean isDated(String type) {
        int date = type.length() - DATE_LENGTH;
        return date > 0
                && type.startsWith("_20", date)
                && type.chars().skip(date + 3L).allMatch(character -> character >= '0' && character <= '9');
    }
}
