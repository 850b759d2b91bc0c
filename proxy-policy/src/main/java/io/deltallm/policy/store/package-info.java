/// Small blocking interfaces to what must outlive the process. Implementations in `store.jdbc`. Call through Offload.
@NullMarked
package io.deltallm.policy.store;

import org.jspecify.annotations.NullMarked;
