/// How much a caller may do: token buckets, parallel caps, reservations over all of them at once.
@NullMarked
package io.deltallm.policy.limit;

import org.jspecify.annotations.NullMarked;
