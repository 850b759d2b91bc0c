/// Aleph Alpha's completion: start at [AlephAlphaComplete] (https://docs.aleph-alpha.com/api/complete/).
///
/// What is lost: tools, all media, `n`, log probabilities, `logit_bias`, `seed`, response formats, thinking, `user`. The
/// conversation becomes one text.
@NullMarked
package io.deltallm.codec.dialect.alephalpha;

import org.jspecify.annotations.NullMarked;
