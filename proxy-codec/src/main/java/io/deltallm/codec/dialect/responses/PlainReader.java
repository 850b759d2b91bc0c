package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;

/// Reads a plain reply. Confined to one attempt.
final class PlainReader implements ReplyReader {
    private final ItemEvents items = new ItemEvents();
    private boolean ended;

    @Override
    public void read(Frame frame, ChatSink sink) {
        ResponseFields response = ResponseFields.read(new JsonCursor().over(frame.raw()));
        ended = true;
        if (response.error() != null) {
            response.end("failed", false, sink);
            return;
        }
        sink.accept(response.started());
        output(response, sink);
        response.end(response.status(), items.calls(), sink);
    }

    private void output(ResponseFields response, ChatSink sink) {
        if (response.output() == null) {
            throw BrokenReply.because("The provider's reply has no output");
        }
        JsonCursor cursor = new JsonCursor().over(response.output());
        cursor.array();
        for (int i = 0; cursor.element(); i++) {
            items.whole(cursor.raw(), new ItemTrack(i), sink);
        }
    }

    @Override
    public void end(ChatSink sink) {
        if (!ended) {
            sink.accept(new ChatEvent.Failed(BrokenReply.error("The provider's reply is empty")));
        }
    }
}
