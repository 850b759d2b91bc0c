package io.deltallm.netty.exchange;

import io.deltallm.netty.media.MediaFetcher;
import io.deltallm.netty.offload.Offload;
import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.identity.CallerCache;
import io.deltallm.policy.limit.Admission;
import io.deltallm.policy.telemetry.GatewayListener;

/// What the phases of all event loops share. All of it is thread-safe.
public record Services(
        LiveSnapshot snapshots,
        CallerCache callers,
        Admission admission,
        Offload offload,
        Pages pages,
        Translations translations,
        MediaFetcher media,
        Catalogue catalogue,
        GatewayListener listener) {}
