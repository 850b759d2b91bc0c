package io.deltallm.codec;

import io.netty.buffer.ByteBuf;

/// Where pieces of a body go, in their order. An object rather than a lambda on the request path: the receiver is
/// usually the handler itself, so nothing is allocated for handing a piece on.
@FunctionalInterface
public interface BufferSink {

    void accept(@Owned ByteBuf piece);
}
