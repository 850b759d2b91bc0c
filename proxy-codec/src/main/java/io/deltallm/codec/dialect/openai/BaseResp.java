package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// How MiniMax says that it failed, with status 200: `"base_resp":{"status_code":1008,"status_msg":"…"}` beside
/// `"choices":null` (https://platform.minimax.io/docs/api-reference/errorcode). Stateless.
final class BaseResp {

    private BaseResp() {}

    /// At the object's value; null where nothing failed.
    static @Nullable ProviderError read(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return null;
        }
        String code = "0";
        String message = "";
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "status_code" -> code = cursor.isNull() ? code : cursor.anyText();
                case "status_msg" -> message = cursor.isNull() ? message : cursor.anyText();
                default -> {}
            }
        }
        return code.equals("0") ? null : new ProviderError(message, type(code), code, null, 0);
    }

    /// In OpenAI's words.
    private static String type(String code) {
        return switch (code) {
            case "1002", "1039", "1041", "2045", "2062" -> "rate_limit_error";
            case "1004", "2049" -> "authentication_error";
            case "1008", "2056" -> "insufficient_quota";
            case "1026", "1027" -> "content_filter";
            case "1042", "2013" -> "invalid_request_error";
            case "2061" -> "model_not_available";
            default -> "server_error";
        };
    }
}
