package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The one scan of a request body, fed piece by piece while it arrives, cut anywhere. It checks that the body is
/// sound, and finds what the gateway decides by and where the bytes stand that it may have to change.
///
/// Confined to one connection and reused: [#begin], [#feed] each piece, [#end]. Keeps no byte of the body but the
/// model's name and the user's.
public final class RequestScanner {
    private final RequestOutline outline = new RequestOutline();
    private final ByteBlock block;
    private final JsonRequestScan json;
    private final MultipartScan multipart;

    /// @param block what is fed is read in; others may use it in between
    public RequestScanner(ScanLimits limits, ByteBlock block) {
        this.block = block;
        ModelName modelName = new ModelName(limits.maxModelLength());
        json = new JsonRequestScan(limits, outline, modelName);
        multipart = new MultipartScan(limits, outline, modelName);
    }

    /// @param multipartBoundary of a `multipart/form-data` body; null for a JSON body
    public void begin(Operation operation, @Nullable String multipartBoundary) {
        begin(operation, multipartBoundary, null);
    }

    /// @param multipartBoundary of a `multipart/form-data` body; null for a JSON body
    /// @param pathModel the model that the path names, whatever the body says; null where the body has to name it
    public void begin(Operation operation, @Nullable String multipartBoundary, @Nullable String pathModel) {
        outline.clear(multipartBoundary, pathModel);
        if (multipartBoundary == null) {
            json.begin(operation);
        } else {
            multipart.begin(operation, multipartBoundary);
        }
    }

    /// Borrows the piece and reads it from reader to writer index, without moving either.
    public void feed(ByteBuf piece) {
        int end = piece.writerIndex();
        for (int at = piece.readerIndex(); at < end; at += block.length()) {
            block.load(piece, at, end);
            feed(block.bytes(), block.length());
        }
    }

    private void feed(byte[] bytes, int length) {
        outline.bodyBytes += length;
        if (outline.multipart()) {
            multipart.feed(bytes, 0, length);
        } else {
            json.feed(bytes, 0, length);
        }
    }

    /// The body has ended: null when it is sound, or what is wrong with it.
    public @Nullable GatewayError end() {
        return outline.multipart() ? multipart.end() : json.end();
    }

    /// What was found; valid after a sound [#end], until the next [#begin].
    public RequestOutline outline() {
        return outline;
    }
}
