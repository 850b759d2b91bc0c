/// The loopback load comparison: one process that is both the load and the provider behind the proxies, so that both
/// sit on the core the proxies do not use. Start reading at [io.deltallm.benchmarks.load.LoadComparison], then
/// `LoadClient` and `PreparedUpstream`. HTTP/1.1 is handled by hand on bytes, so that the load side never is what is
/// measured. Everything that touches a socket is confined to one event loop.
@NullMarked
package io.deltallm.benchmarks.load;

import org.jspecify.annotations.NullMarked;
