/// What models cost: exact money, prices with their tiers, the book of public list prices. Start at `PriceBook` and
/// `Price`. Knows nothing of configuration or of the request path.
@NullMarked
package io.deltallm.policy.spend;

import org.jspecify.annotations.NullMarked;
