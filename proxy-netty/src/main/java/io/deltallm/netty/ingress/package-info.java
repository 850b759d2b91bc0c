/// Accepting: sockets, TLS, the choice of protocol, and one handler for each protocol that turns wire bytes into heads,
/// pieces of a body and ends. What follows is `netty.exchange`, the same for every protocol.
@NullMarked
package io.deltallm.netty.ingress;

import org.jspecify.annotations.NullMarked;
