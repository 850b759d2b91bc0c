package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonOutput;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A provider's reply on its way to a client of another wire format. Confined to one attempt.
///
/// [#feed] each piece, then [#end]; after each call take what stands in [#output] and clear it. Once there is a
/// [#failure] nothing more is written.
public interface ReplyTranslation {

    /// Borrows the piece.
    void feed(ByteBuf piece);

    /// The provider's bytes have ended, properly framed.
    void end();

    /// What goes to the client: events of a stream as they come, a plain reply only after [#end].
    JsonOutput output();

    /// What went wrong: an error of the provider's, or a reply that is none. While nothing has gone to the client it is the
    /// answer; after that, the end of the stream.
    @Nullable GatewayError failure();

    /// What the provider says was used; null where it says nothing.
    @Nullable Usage usage();

    /// Takes what was used from a provider that tells it apart from its reply, before [#end].
    default void used(Usage stated) {}

    /// How many events carried a piece of an answer: what an estimate goes by.
    long pieces();

    /// Whether the client is answered by a stream.
    boolean streamed();
}
