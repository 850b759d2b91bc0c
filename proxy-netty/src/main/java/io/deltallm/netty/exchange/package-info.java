/// The life of one request, phase by phase. Start with [ExchangePipeline], the map; then [Exchange], what is known of a
/// request; then [PhaseHandler] and the phases in their order. Phases never import each other.
@NullMarked
package io.deltallm.netty.exchange;

import org.jspecify.annotations.NullMarked;
