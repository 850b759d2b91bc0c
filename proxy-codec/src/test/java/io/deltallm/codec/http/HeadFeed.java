package io.deltallm.codec.http;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Feeds bytes to a fresh reader, cut where the test wants, as a connection does: what the reader leaves stays in the
/// buffer, what comes later is appended.
final class HeadFeed {
    static final int MAX_LINE = 512;
    static final int MAX_HEAD = 4096;

    private final HeadReader reader;
    private final HttpHead head;

    private HeadFeed(HeadReader reader, HttpHead head) {
        this.reader = reader;
        this.head = head;
    }

    /// What a reader made of some bytes.
    ///
    /// @param complete whether it has decided
    /// @param rest what it left of the bytes, empty for a failure, whose rest nobody reads
    record Heard(
            boolean complete, @Nullable ErrorCode failure, String message, String start, List<String> fields, String rest) {}

    static HeadFeed ofRequest() {
        return ofRequest(MAX_LINE, MAX_HEAD);
    }

    static HeadFeed ofRequest(int maxLine, int maxHead) {
        RequestHead head = new RequestHead();
        return new HeadFeed(new HeadReader.OfRequest(head, maxLine, maxHead), head);
    }

    static HeadFeed ofResponse() {
        return ofResponse(MAX_HEAD);
    }

    static HeadFeed ofResponse(int maxHead) {
        ResponseHead head = new ResponseHead();
        return new HeadFeed(new HeadReader.OfResponse(head, maxHead), head);
    }

    /// @param pieceEnds where the pieces end, ascending; the rest is the last piece
    Heard hear(byte[] bytes, int... pieceEnds) {
        reader.reset();
        ByteBuf in = Unpooled.buffer(bytes.length + 1);
        try {
            boolean complete = false;
            int from = 0;
            for (int i = 0; i <= pieceEnds.length && !complete; i++) {
                int to = i < pieceEnds.length ? pieceEnds[i] : bytes.length;
                in.writeBytes(bytes, from, to - from);
                from = to;
                complete = reader.read(in);
            }
            in.writeBytes(bytes, from, bytes.length - from);
            return heard(complete, in.toString(StandardCharsets.ISO_8859_1));
        } finally {
            in.release();
        }
    }

    Heard hear(String text, int... pieceEnds) {
        return hear(text.getBytes(StandardCharsets.ISO_8859_1), pieceEnds);
    }

    Heard hearByteByByte(byte[] bytes) {
        int[] ends = new int[bytes.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = i;
        }
        return hear(bytes, ends);
    }

    RequestHead request() {
        return (RequestHead) head;
    }

    ResponseHead response() {
        return (ResponseHead) head;
    }

    private Heard heard(boolean complete, String rest) {
        GatewayError failure = reader.failure();
        if (!complete || failure != null) {
            return new Heard(
                    complete,
                    failure == null ? null : failure.code(),
                    failure == null ? "" : failure.message(),
                    "",
                    List.of(),
                    "");
        }
        return new Heard(true, null, "", start(), fields(), rest);
    }

    private String start() {
        return switch (head) {
            case RequestHead request -> request.method() + " " + request.path() + " ?" + request.query() + " 1."
                    + request.minorVersion() + " length " + request.contentLength() + (request.chunked() ? " chunked" : "")
                    + (request.keepAlive() ? " stays" : " closes") + (request.expectContinue() ? " waits" : "");
            case ResponseHead response -> response.status() + " length " + response.contentLength()
                    + (response.chunked() ? " chunked" : "") + (response.keepAlive() ? " stays" : " closes");
        };
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < head.count(); i++) {
            fields.add(head.text(head.nameStart(i), head.nameEnd(i)) + "=" + head.value(i) + "/" + head.name(i));
        }
        return fields;
    }
}
