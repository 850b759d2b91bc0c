package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ReplyTranslation;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.netty.loop.DeadlineWheel;
import io.deltallm.netty.offload.Offload;
import io.deltallm.netty.offload.Patience;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Passes a reply on in the client's wire format. One a reply; confined to the event loop.
///
/// The head is held back until there is something to say: a provider that reports its failure in the first event of a
/// stream is answered with the failure's status, as if it had said so at once. A stream's events go out once per burst of
/// reads. While the provider is silent, before its first event or between two, the client gets signs of life; the first
/// of them takes the head along.
final class TranslatedRelay implements Relay {
    private static final int BYTES_PER_TOKEN = 4;
    private static final Patience READING =
            new Patience(Duration.ofSeconds(30), ErrorCode.OVERLOADED, "the provider's reply was not translated");
    /// A burst that has made this much goes out before its end.
    private static final int MUCH = 32 * 1024;

    private final Exchange exchange;
    private final Offload offload;
    private final ResponseHead head = new ResponseHead();
    private final long requestTokens;
    private final DeadlineWheel wheel;
    private final SignsOfLife signs;

    private ReplyTranslation reply;
    private boolean successful;
    /// Another thread is at the reply.
    private boolean readElsewhere;
    private long lastPiece;
    private long answerBytes;

    /// @param offload where a large reply is read
    TranslatedRelay(Exchange exchange, Offload offload, ReplyTranslation reply) {
        this.exchange = exchange;
        this.offload = offload;
        this.reply = reply;
        this.requestTokens = exchange.requestBytes() / BYTES_PER_TOKEN;
        this.wheel = exchange.loop().wheel();
        this.lastPiece = wheel.now();
        this.signs = new SignsOfLife(exchange, this::beforeSign);
    }

    /// The head for the client, from the provider's; more may be added until the first piece. From here on the client gets
    /// signs of life.
    ResponseHead begin(ResponseHead from) {
        successful = from.successful();
        head.start(200, -1);
        if (reply.streamed() && !exchange.streamsArray()) {
            head.add(HeaderName.CONTENT_TYPE, ReplyHeaders.EVENT_STREAM);
            head.add(HeaderName.CACHE_CONTROL, ReplyHeaders.NO_CACHE);
        } else {
            head.add(HeaderName.CONTENT_TYPE, ReplyHeaders.JSON);
        }
        ProviderFields.carry(from, head);
        awaitEvent();
        return head;
    }

    /// What comes next is another reply of the provider's to the same request, after one that said nothing to the client.
    void continueWith(ReplyTranslation next, long nanoTime) {
        reply = next;
        lastPiece = nanoTime;
    }

    /// Whether the client is answered by a stream.
    boolean streamed() {
        return reply.streamed();
    }

    /// Whether a piece of the answer has come.
    boolean answers() {
        return reply.pieces() > 0;
    }

    /// The provider told elsewhere what was used.
    void used(Usage stated) {
        reply.used(stated);
    }

    @Override
    public long pass(@Owned ByteBuf piece, long nanoTime) {
        boolean read = read(piece);
        long gap = heard(nanoTime);
        if (!read) {
            return 0;
        }
        if (reply.failure() != null) {
            fail();
        } else if (reply.output().length() >= MUCH) {
            drain();
        }
        return reply.streamed() ? gap : 0;
    }

    /// How long it was since the last piece. Until the head goes out that was the provider's time.
    private long heard(long nanoTime) {
        long gap = nanoTime - lastPiece;
        lastPiece = nanoTime;
        if (!exchange.committed()) {
            exchange.waited(gap);
        }
        return gap;
    }

    /// A bug in a dialect is the gateway's doing, not the provider's.
    private boolean read(@Owned ByteBuf piece) {
        try {
            reply.feed(piece);
            return true;
        } catch (RuntimeException e) {
            exchange.fail(bug(e));
            return false;
        } finally {
            piece.release();
        }
    }

    private static GatewayError bug(RuntimeException cause) {
        return GatewayError.of(ErrorCode.INTERNAL, "The gateway failed to translate the reply").causedBy(cause);
    }

    @Override
    public void readComplete() {
        if (!reply.output().isEmpty()) {
            drain();
        }
        exchange.flush();
    }

    @Override
    public boolean finish() {
        if (reply.held() > OutboundTranslation.LARGE) {
            endElsewhere();
            return false;
        }
        return ended(end());
    }

    private @Nullable GatewayError end() {
        try {
            reply.end();
            return null;
        } catch (RuntimeException e) {
            return bug(e);
        }
    }

    /// The provider's reply is whole, but it takes long to read: the exchange ends later.
    private void endElsewhere() {
        signs.end();
        readElsewhere = true;
        offload.call(exchange.loop().eventLoop(), READING, this::end, this::endedElsewhere, this::unread);
    }

    private void endedElsewhere(@Nullable GatewayError problem) {
        readElsewhere = false;
        wheel.readClock();
        if (!exchange.hasEnded() && ended(problem)) {
            exchange.replyEnded();
        }
    }

    private void unread(GatewayError why) {
        if (!exchange.hasEnded()) {
            exchange.fail(why);
        }
    }

    private boolean ended(@Nullable GatewayError problem) {
        if (problem != null) {
            exchange.fail(problem);
            return false;
        }
        if (reply.failure() != null) {
            fail();
            return false;
        }
        if (!reply.streamed()) {
            head.stateLength(reply.output().length());
        }
        drain();
        note();
        return true;
    }

    /// While nothing has gone out, what was written so far is nobody's business.
    private void fail() {
        GatewayError failure = reply.failure();
        if (failure == null) {
            return;
        }
        if (exchange.committed()) {
            drain();
            note();
        }
        exchange.fail(failure);
    }

    private void drain() {
        if (!exchange.committed()) {
            exchange.reply(head);
        }
        JsonOutput output = reply.output();
        if (!output.isEmpty()) {
            answerBytes += output.length();
            exchange.reply(output.toBuffer(exchange.loop().buffers()));
            output.clear();
        }
        awaitEvent();
    }

    /// What the provider's silence has held back, and until now was its time.
    private void beforeSign() {
        if (!exchange.committed()) {
            heard(wheel.now());
        }
        drain();
    }

    private void awaitEvent() {
        if (reply.streamed() && successful) {
            signs.begin();
        }
    }

    @Override
    public void abandon() {
        note();
    }

    /// Where the provider states nothing, a stream's event is about a token; of other texts, four bytes are.
    private void note() {
        if (!successful) {
            return;
        }
        Usage stated = readElsewhere ? null : reply.usage();
        exchange.used(stated == null ? Usage.estimate(requestTokens, written()) : stated.orGuessed(requestTokens));
    }

    private long written() {
        if (readElsewhere) {
            return reply.held() / BYTES_PER_TOKEN;
        }
        return reply.streamed() ? reply.pieces() : answerBytes / BYTES_PER_TOKEN;
    }

    @Override
    public void release() {
        signs.end();
    }
}
