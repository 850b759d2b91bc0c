/// What the gateway tells of its models: the list of names, what is known of each, how many tokens a text has, what a
/// request would cost. Pure functions of a snapshot, a caller and a request's body; they may take milliseconds, so call them
/// off the event loop. Start at `ModelCatalog`.
@NullMarked
package io.deltallm.policy.model;

import org.jspecify.annotations.NullMarked;
