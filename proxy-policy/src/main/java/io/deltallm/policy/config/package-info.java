/// What was written (`GatewayConfig`), what is used (`Snapshot`), and the way from one to the other.
@NullMarked
package io.deltallm.policy.config;

import org.jspecify.annotations.NullMarked;
