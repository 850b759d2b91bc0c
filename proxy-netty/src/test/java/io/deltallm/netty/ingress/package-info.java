/// How connections are accepted: TLS, the choice of protocol, and HTTP/2 down to its frames.
@NullMarked
package io.deltallm.netty.ingress;

import org.jspecify.annotations.NullMarked;
