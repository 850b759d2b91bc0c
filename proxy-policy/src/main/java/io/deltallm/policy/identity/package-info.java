/// Whose key it is: hashes, callers, the cache of looked-up keys.
@NullMarked
package io.deltallm.policy.identity;

import org.jspecify.annotations.NullMarked;
