/// What a wire format means: where a request names its model, how a reply states its usage, how an error is written.
@NullMarked
package io.deltallm.codec.dialect;

import org.jspecify.annotations.NullMarked;
