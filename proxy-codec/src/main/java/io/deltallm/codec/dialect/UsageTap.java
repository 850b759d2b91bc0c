package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.frame.SseCutter;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;

/// Watches the bytes of a reply on their way to the client, and reads from them what the request used. Keeps no byte;
/// the reply may be cut anywhere and be of any size.
///
/// A plain reply is walked once. Of a stream only those events are walked that state a usage object, found by a byte
/// search, and those cut by a read boundary. Where a stream states usage more than once the last one counts: providers
/// repeat it or let it grow.
///
/// One per exchange or reused: [#begin], [#feed] each piece, [#end]. Confined to the exchange's event loop.
public final class UsageTap {
    private final ByteBlock block;
    private final UsageFields fields = new UsageFields();
    private final UsageFinder finder = new UsageFinder(fields);
    private final SseCutter cutter = new SseCutter();
    private final SseData data = new SseData(finder);

    private boolean sse;
    private boolean inEvent;
    private boolean usageOnly;
    private boolean found;
    private long promptTokens;
    private long completionTokens;
    private long totalTokens;
    private long cachedTokens;
    private long reasoningTokens;
    private long audioMillis;
    private long dataEvents;
    private long bodyBytes;

    /// @param block what is fed is read in; others may use it in between
    public UsageTap(ByteBlock block) {
        this.block = block;
    }

    /// @param streamed whether the reply is `text/event-stream`; else it is taken for JSON
    public void begin(Operation operation, boolean streamed) {
        sse = streamed;
        inEvent = false;
        usageOnly = false;
        found = false;
        promptTokens = 0;
        completionTokens = 0;
        totalTokens = 0;
        cachedTokens = 0;
        reasoningTokens = 0;
        audioMillis = -1;
        dataEvents = 0;
        bodyBytes = 0;
        cutter.begin();
        if (operation == Operation.AUDIO_SPEECH) {
            finder.beginIgnoring();
        } else {
            finder.begin();
        }
    }

    /// Borrows the piece and reads it from reader to writer index, without moving either.
    public void feed(ByteBuf piece) {
        if (!sse && finder.ignoring()) {
            bodyBytes += piece.readableBytes();
            return;
        }
        int end = piece.writerIndex();
        for (int at = piece.readerIndex(); at < end; at += block.length()) {
            block.load(piece, at, end);
            feed(block.bytes(), block.length());
        }
    }

    private void feed(byte[] bytes, int to) {
        if (!sse) {
            bodyBytes += to;
            finder.feed(bytes, 0, to);
            return;
        }
        int at = 0;
        while (at >= 0 && at < to) {
            at = nextEvent(bytes, at, to);
        }
    }

    /// Where the pieces are read from.
    ByteBlock block() {
        return block;
    }

    /// Reads on to the end of the current event: the index after it, or -1 when it goes on behind `to`.
    int nextEvent(byte[] bytes, int from, int to) {
        int end = cutter.next(bytes, from, to);
        int stop = end < 0 ? to : end;
        bodyBytes += stop - from;
        if (cutter.leftover()) {
            return end;
        }
        if (end >= 0 && !inEvent) {
            wholeEvent(bytes, from, end);
            return end;
        }
        if (!inEvent) {
            inEvent = true;
            beginEvent();
        }
        data.feed(bytes, from, stop);
        if (end >= 0) {
            inEvent = false;
            endEvent();
        }
        return end;
    }

    /// An event from its first byte to its last: the usual one states no usage, and is only searched.
    private void wholeEvent(byte[] bytes, int from, int end) {
        usageOnly = false;
        if (UsageSearch.finds(bytes, from, end)) {
            beginEvent();
            data.feed(bytes, from, end);
            endEvent();
        } else if (SseData.isData(bytes, from, end)) {
            dataEvents++;
        }
    }

    private void beginEvent() {
        usageOnly = false;
        finder.begin();
        data.begin();
    }

    private void endEvent() {
        dataEvents += data.seen() ? 1 : 0;
        usageOnly = finder.found() && finder.choicesEmpty();
        take();
    }

    private void take() {
        if (!finder.found()) {
            return;
        }
        if (fields.seconds >= 0) {
            audioMillis = Math.round(fields.seconds * 1000);
        }
        if (fields.statesTokens()) {
            fields.complete();
            found = true;
            promptTokens = fields.prompt;
            completionTokens = fields.completion;
            totalTokens = fields.total;
            cachedTokens = fields.cached;
            reasoningTokens = fields.reasoning;
        }
    }

    /// Whether the event that just ended has usage and an empty `choices`.
    boolean usageOnly() {
        return usageOnly;
    }

    /// The reply has ended, by its end or by being cut off.
    public void end() {
        if (!sse) {
            take();
        } else if (inEvent) {
            inEvent = false;
            endEvent();
        }
    }

    /// Whether the provider stated tokens.
    public boolean found() {
        return found;
    }

    public long promptTokens() {
        return promptTokens;
    }

    /// All output tokens, reasoning included.
    public long completionTokens() {
        return completionTokens;
    }

    public long totalTokens() {
        return totalTokens;
    }

    public long cachedTokens() {
        return cachedTokens;
    }

    public long reasoningTokens() {
        return reasoningTokens;
    }

    /// The length of the audio, where a transcription is billed by it; else -1.
    public long audioMillis() {
        return audioMillis;
    }

    /// What was found; all zero and marked as estimated where the provider stated nothing.
    public Usage toUsage() {
        return Usage.of(promptTokens, completionTokens, totalTokens, cachedTokens, reasoningTokens, !found);
    }

    /// The events of a stream that carried data, its closing `[DONE]` among them: what an estimate goes by.
    public long dataEvents() {
        return dataEvents;
    }

    public long bodyBytes() {
        return bodyBytes;
    }
}
