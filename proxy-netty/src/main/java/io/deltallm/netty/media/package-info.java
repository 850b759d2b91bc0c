/// Fetches images and other media for providers that cannot. Blocks; called through Offload. Start with [MediaFetcher].
@NullMarked
package io.deltallm.netty.media;

import org.jspecify.annotations.NullMarked;
