package io.deltallm.policy.config;

/// What a request body may be, before anyone asks what it means.
///
/// @param maxBody its size
/// @param maxModelLength characters of a model name
/// @param maxJsonDepth nested objects and arrays
/// @param validate whether field values are checked here, or left to the provider
public record RequestLimits(ByteSize maxBody, int maxModelLength, int maxJsonDepth, boolean validate) {
    static RequestLimits of(SettingValues values) {
        return new RequestLimits(
                values.size(Setting.MAX_BODY),
                values.whole(Setting.MAX_MODEL_LENGTH),
                values.whole(Setting.MAX_JSON_DEPTH),
                values.flag(Setting.VALIDATE));
    }
}
