package io.deltallm.netty.exchange;

import org.jspecify.annotations.Nullable;

/// What probes and scrapers get to see. Called through Offload; may take its time.
public interface Pages {

    /// @param query the request's query, without its question mark
    /// @param accept the request's `Accept`
    Page page(Route.Probe probe, String path, @Nullable String query, @Nullable String accept);

    /// @param body not copied: nobody may change it
    record Page(int status, byte[] contentType, byte[] body) {}
}
