package io.deltallm.netty.exchange;

import io.deltallm.netty.telemetry.Page;
import org.jspecify.annotations.Nullable;

/// What probes and scrapers get to see. Called through Offload; may take its time.
public interface Pages {

    /// @param query the request's query, without its question mark
    /// @param accept the request's `Accept`
    Page page(Route.Probe probe, String path, @Nullable String query, @Nullable String accept);
}
