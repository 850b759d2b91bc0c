/// What a request asks for and what it used, in terms that every dialect shares: [Operation] and [Usage].
/// Netty-free, so that policy may use it.
@NullMarked
package io.deltallm.codec.chat;

import org.jspecify.annotations.NullMarked;
