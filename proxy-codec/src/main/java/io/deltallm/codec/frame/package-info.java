/// Cutting streams into events.
@NullMarked
package io.deltallm.codec.frame;

import org.jspecify.annotations.NullMarked;
