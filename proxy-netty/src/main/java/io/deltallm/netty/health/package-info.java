/// Whether this process can serve, answered from what is already known: never by a call made while the asker waits.
/// Start with [HealthReport].
@NullMarked
package io.deltallm.netty.health;

import org.jspecify.annotations.NullMarked;
