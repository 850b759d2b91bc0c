/// What providers outside of the large formats say when they refuse: start at [ProviderFailure]. Depends on no dialect.
@NullMarked
package io.deltallm.codec.dialect.failure;

import org.jspecify.annotations.NullMarked;
