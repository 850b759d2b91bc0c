/// Facts about exchanges and who is told of them. Knows no metric library and no logger.
@NullMarked
package io.deltallm.policy.telemetry;

import org.jspecify.annotations.NullMarked;
