/// Credentials that expire: AWS's chain, Google's and Entra's tokens. Each is fetched in the background, well before the
/// last one's end; whoever asks gets what there is and never waits. Start with [io.deltallm.policy.credential.RefreshingToken].
/// Secrets are never logged, and no `toString` shows one. Knows nothing of requests.
@NullMarked
package io.deltallm.policy.credential;

import org.jspecify.annotations.NullMarked;
