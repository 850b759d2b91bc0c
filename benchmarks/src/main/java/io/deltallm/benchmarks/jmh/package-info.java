/// One JMH class a hot noun of the request path, run by `benchmarks/jmh.sh` with allocation measured. What they feed
/// on is in [io.deltallm.benchmarks.jmh.Traffic]: the same request and reply shapes as the load comparison's.
@NullMarked
package io.deltallm.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
