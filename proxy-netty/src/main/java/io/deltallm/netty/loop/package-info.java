/// What each event loop has for itself: its clock wheel, its writers, its upstream pool. Nothing here is shared between
/// loops, so nothing here needs a lock.
@NullMarked
package io.deltallm.netty.loop;

import org.jspecify.annotations.NullMarked;
