package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonOutput;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A provider's reply on its way to a client of another wire format. Confined to one attempt; used by one thread at a time,
/// which for [#end] may be another than for the pieces.
///
/// [#feed] each piece, then [#end]; after each call take what stands in [#output] and clear it. Once there is a
/// [#failure] nothing more is written.
public interface ReplyTranslation {

    /// Borrows the piece.
    void feed(ByteBuf piece);

    /// The provider's bytes have ended, properly framed.
    void end();

    /// Bytes that are left for [#end] to read, all at once; 0 for a reply that is read as it comes.
    default int held() {
        return 0;
    }

    /// Whether the client is answered by a stream.
    boolean streamed();

    /// The same object for the whole reply.
    ReplyProgress progress();

    /// What goes to the client: events of a stream as they come, a plain reply only after [#end].
    default JsonOutput output() {
        return progress().output();
    }

    /// What went wrong: an error of the provider's, or a reply that is none. While nothing has gone to the client it is the
    /// answer; after that, the end of the stream.
    default @Nullable GatewayError failure() {
        return progress().failure();
    }

    /// What the provider says was used; null where it says nothing.
    default @Nullable Usage usage() {
        return progress().usage();
    }

    /// Takes what was used from a provider that tells it apart from its reply, before [#end].
    default void used(Usage stated) {}

    /// How many events carried a piece of an answer: what an estimate goes by.
    default long pieces() {
        return progress().pieces();
    }
}
