/// The only door from an event loop to blocking work.
@NullMarked
package io.deltallm.netty.offload;

import org.jspecify.annotations.NullMarked;
