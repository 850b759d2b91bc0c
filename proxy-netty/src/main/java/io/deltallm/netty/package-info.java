/// The gateway as a whole. [Gateway] is the only class that knows everyone: a page of `new` in start order, `close` in
/// reverse.
@NullMarked
package io.deltallm.netty;

import org.jspecify.annotations.NullMarked;
