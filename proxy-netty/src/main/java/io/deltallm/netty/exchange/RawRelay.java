package io.deltallm.netty.exchange;

import io.deltallm.codec.BufferSink;
import io.deltallm.codec.Owned;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.RequestOutline;
import io.deltallm.codec.dialect.StreamUsageFilter;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.dialect.UsageReader;
import io.deltallm.codec.dialect.UsageTap;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Passes a reply's body on as it is, and reads its usage as it passes. One a connection, used for one reply after the
/// other; confined to the event loop.
///
/// The buffers that come in go out. Only where the gateway asked for a stream's usage and the client did not, the event
/// that carries it is taken out on the way.
final class RawRelay implements Relay, BufferSink {
    private static final int BYTES_PER_TOKEN = 4;

    private enum Mode {
        /// Errors, and bodies that nobody can read: bytes pass unseen.
        BLIND,
        /// Bytes pass; the usage is read from them.
        WATCHED,
        /// As WATCHED, but for the usage event, which stays here.
        FILTERED,
        /// Bytes pass; their format's own reader reads the usage, which is spread over the reply.
        READ
    }

    private final UsageTap tap;
    private final StreamUsageFilter filter = new StreamUsageFilter();

    private Operation operation = Operation.CHAT_COMPLETIONS;
    private Mode mode = Mode.BLIND;
    private boolean usageHidden;
    private boolean streamed;
    private boolean watching;
    private long requestTokens;
    private long lastPiece;
    private @Nullable UpstreamDialect format;
    private @Nullable UsageReader reader;
    private @Nullable Exchange exchange;

    RawRelay(ByteBlock block) {
        tap = new UsageTap(block);
    }

    /// @param optionNeeded whether the gateway asks for a stream's usage where the client does not
    /// @param usageFormat how the reply's usage is read, where that takes the format's own reader
    void begin(
            Exchange replied, Operation asked, boolean optionNeeded, @Nullable UpstreamDialect usageFormat) {
        RequestOutline outline = replied.outline();
        exchange = replied;
        operation = asked;
        format = usageFormat;
        usageHidden = optionNeeded
                && outline.stream()
                && !outline.includeUsage()
                && (asked == Operation.CHAT_COMPLETIONS || asked == Operation.COMPLETIONS);
        requestTokens = outline.multipart() ? 0 : outline.bodyBytes() / BYTES_PER_TOKEN;
        watching = false;
    }

    /// The reply has begun. True if bytes may be taken out of it, so that its stated length is void.
    boolean start(ResponseHead head, boolean stream, long nanoTime) {
        streamed = stream;
        lastPiece = nanoTime;
        watching = head.successful() && countsTokens();
        mode = Mode.BLIND;
        UpstreamDialect ownReader = format;
        if (ownReader != null && watching && !head.has(HeaderName.CONTENT_ENCODING)) {
            mode = Mode.READ;
            reader = new UsageReader(ownReader, stream);
            return false;
        }
        if (watching && !head.has(HeaderName.CONTENT_ENCODING)) {
            mode = stream && usageHidden ? Mode.FILTERED : Mode.WATCHED;
            tap.begin(operation, stream);
            filter.begin(tap);
        }
        return mode == Mode.FILTERED;
    }

    private boolean countsTokens() {
        return switch (operation) {
            case CHAT_COMPLETIONS, COMPLETIONS, EMBEDDINGS, RESPONSES, RERANK, IMAGES_GENERATIONS, IMAGES_EDITS,
                    AUDIO_TRANSCRIPTIONS, AUDIO_TRANSLATIONS, MESSAGES, GENERATE_CONTENT, CONVERSE -> true;
            default -> false;
        };
    }

    @Override
    public long pass(@Owned ByteBuf piece, long nanoTime) {
        switch (mode) {
            case BLIND -> accept(piece);
            case WATCHED -> {
                tap.feed(piece);
                accept(piece);
            }
            case FILTERED -> filter.feed(piece, this);
            case READ -> {
                if (reader != null) {
                    reader.feed(piece);
                }
                accept(piece);
            }
        }
        long gap = streamed ? nanoTime - lastPiece : 0;
        lastPiece = nanoTime;
        return gap;
    }

    @Override
    public void readComplete() {
        current().flush();
    }

    @Override
    public boolean finish() {
        if (mode == Mode.FILTERED) {
            filter.end(this);
        }
        note();
        return true;
    }

    @Override
    public void abandon() {
        note();
    }

    private void note() {
        if (!watching) {
            return;
        }
        Exchange noted = current();
        if (mode == Mode.BLIND) {
            noted.used(Usage.estimate(requestTokens, 0));
            return;
        }
        UsageReader own = reader;
        if (mode == Mode.READ && own != null) {
            own.end();
            Usage stated = own.usage();
            noted.used(stated == null ? Usage.estimate(requestTokens, own.pieces()) : stated.orGuessed(requestTokens));
            return;
        }
        tap.end();
        noted.used(tap.found() ? tap.toUsage() : estimate());
    }

    /// A stream's event is about a token; of other texts, four bytes are.
    private Usage estimate() {
        return switch (operation) {
            case CHAT_COMPLETIONS, COMPLETIONS, RESPONSES ->
                Usage.estimate(requestTokens, streamed ? tap.dataEvents() : tap.bodyBytes() / BYTES_PER_TOKEN);
            default -> Usage.estimate(requestTokens, 0);
        };
    }

    @Override
    public void release() {
        filter.release();
        reader = null;
        exchange = null;
        mode = Mode.BLIND;
        watching = false;
    }

    /// Takes what may go to the client.
    @Override
    public void accept(@Owned ByteBuf piece) {
        current().reply(piece);
    }

    private Exchange current() {
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("a reply without an exchange");
        }
        return current;
    }
}
