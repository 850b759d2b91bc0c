/// Reading and patching JSON in a ByteBuf without building a tree.
@NullMarked
package io.deltallm.codec.json;

import org.jspecify.annotations.NullMarked;
