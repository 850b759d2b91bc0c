/// A conversation as one text, for models that complete text and know no turns: start at [Transcript].
@NullMarked
package io.deltallm.codec.dialect.prompt;

import org.jspecify.annotations.NullMarked;
