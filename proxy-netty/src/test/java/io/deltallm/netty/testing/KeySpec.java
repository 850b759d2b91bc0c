package io.deltallm.netty.testing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a virtual key of a test may do: everything, unless said otherwise. 0 means no limit of its own.
public record KeySpec(
        List<String> models, long requestsPerMinute, long tokensPerMinute, int parallel, @Nullable Instant expires, boolean blocked) {

    public static KeySpec aKey() {
        return new KeySpec(List.of(), 0, 0, 0, null, false);
    }

    public KeySpec withModels(String... names) {
        return new KeySpec(List.of(names), requestsPerMinute, tokensPerMinute, parallel, expires, blocked);
    }

    public KeySpec withRequestsPerMinute(long limit) {
        return new KeySpec(models, limit, tokensPerMinute, parallel, expires, blocked);
    }

    public KeySpec withTokensPerMinute(long limit) {
        return new KeySpec(models, requestsPerMinute, limit, parallel, expires, blocked);
    }

    public KeySpec withParallel(int limit) {
        return new KeySpec(models, requestsPerMinute, tokensPerMinute, limit, expires, blocked);
    }

    public KeySpec expiring(Instant instant) {
        return new KeySpec(models, requestsPerMinute, tokensPerMinute, parallel, instant, blocked);
    }

    public KeySpec asBlocked() {
        return new KeySpec(models, requestsPerMinute, tokensPerMinute, parallel, expires, true);
    }
}
