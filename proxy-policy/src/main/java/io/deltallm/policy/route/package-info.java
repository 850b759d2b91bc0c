/// Which place answers: model groups, targets, the choice between them.
@NullMarked
package io.deltallm.policy.route;

import org.jspecify.annotations.NullMarked;
