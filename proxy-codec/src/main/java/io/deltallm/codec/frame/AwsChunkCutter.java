package io.deltallm.codec.frame;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonProblem;
import io.netty.buffer.ByteBuf;

/// Cuts the streams of Bedrock's `invoke-with-response-stream`: an event `chunk` holds `{"bytes":"<base64>"}`, and
/// within it the model's own event as JSON, which is the frame, without a name. Other messages, exceptions among them,
/// are as [AwsEventCutter] tells them.
public final class AwsChunkCutter implements FrameCutter {
    private static final String CHUNK = "chunk";

    private final AwsEventCutter cutter = new AwsEventCutter();
    private final JsonCursor cursor = new JsonCursor();
    private final Base64Bytes inner = new Base64Bytes();
    private final Frame frame = new Frame();

    @Override
    public void feed(ByteBuf piece, FrameSink sink) {
        cutter.feed(piece, outer -> unwrap(outer, sink));
    }

    @Override
    public void end(FrameSink sink) {
        cutter.end(outer -> unwrap(outer, sink));
    }

    private void unwrap(Frame outer, FrameSink sink) {
        if (!outer.event().equals(CHUNK)) {
            sink.accept(outer);
            return;
        }
        RawJson base64 = bytes(outer);
        inner.decode(base64.bytes(), base64.start() + 1, base64.end() - 1);
        sink.accept(frame.set(inner.array(), 0, inner.length(), ""));
    }

    private RawJson bytes(Frame outer) {
        try {
            cursor.over(outer.bytes(), outer.start(), outer.end());
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals("bytes")) {
                    return cursor.rawString();
                }
            }
        } catch (JsonProblem problem) {
            throw new FrameProblem("A chunk of the event stream is no JSON: " + problem.path() + " " + problem.problem());
        }
        throw new FrameProblem("A chunk of the event stream lacks its \"bytes\"");
    }
}
