/// What can go wrong and who is to blame. Start with [ErrorCode], the table of every refusal the gateway gives.
/// Netty-free, so that policy may use it.
@NullMarked
package io.deltallm.codec.error;

import org.jspecify.annotations.NullMarked;
