/// The gateway from socket to socket: what clients and providers see on their wires.
@NullMarked
package io.deltallm.netty.gateway;

import org.jspecify.annotations.NullMarked;
