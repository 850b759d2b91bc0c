/// The way to providers: origins, one pool an event loop, connections, attempts. Start with [Attempt], then
/// [UpstreamConnection]. Knows nothing of exchanges and phases; everything is confined to one event loop.
@NullMarked
package io.deltallm.netty.upstream;

import org.jspecify.annotations.NullMarked;
