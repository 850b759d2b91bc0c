/// Where the gateway may be sent by a client: which addresses a URL out of a request may lead to. Pure functions over
/// addresses; nothing here resolves or connects.
@NullMarked
package io.deltallm.policy.egress;

import org.jspecify.annotations.NullMarked;
