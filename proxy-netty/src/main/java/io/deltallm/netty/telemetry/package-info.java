/// What the gateway says about itself: numbers for Prometheus and one line per exchange. Start with [Metrics], the table
/// of every meter, and [AccessLog]. Both are `GatewayListener`s; nothing here decides anything.
@NullMarked
package io.deltallm.netty.telemetry;

import org.jspecify.annotations.NullMarked;
