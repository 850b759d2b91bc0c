package io.deltallm.benchmarks.load;

import io.deltallm.codec.Owned;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// The bytes the upstream answers with, made once: a whole `chat.completion` of exactly [#PLAIN_BODY_BYTES], and the
/// pieces of a stream of `chat.completion.chunk` events. As OpenAI does it, a stream whose request asked for usage
/// carries `"usage":null` in every event and ends with one that holds the usage and no choice.
final class PreparedReplies implements AutoCloseable {
    static final int PLAIN_BODY_BYTES = 1024;
    static final int STAMP_DIGITS = 16;
    private static final String EVENT_START = "data: {\"id\":\"chatcmpl-";
    static final int STAMP_AT = EVENT_START.length();

    private static final String STREAM_HEAD = String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Content-Type: text/event-stream; charset=utf-8",
            "Cache-Control: no-cache",
            "Transfer-Encoding: chunked",
            "",
            "");
    private static final String CHUNK = "\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
            + "\"model\":\"bench-upstream\",\"system_fingerprint\":\"fp_0123456789\",\"choices\":[";
    private static final String CHOICE = "{\"index\":0,\"delta\":{\"content\":\" token\"},\"logprobs\":null,"
            + "\"finish_reason\":null}";
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private final ByteBuf plain = direct(plainReply());
    private final byte[] streamHead = STREAM_HEAD.getBytes(US_ASCII);
    private final byte[] event = chunk(eventOf(CHOICE, ""));
    private final byte[] eventWithUsageAsked = chunk(eventOf(CHOICE, ",\"usage\":null"));
    private final byte[] usageEvent = chunk(eventOf("",
            ",\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":32,\"total_tokens\":232}"));
    private final byte[] streamEnd = (new String(chunk("data: [DONE]\n\n"), US_ASCII) + "0\r\n\r\n").getBytes(US_ASCII);

    /// The whole reply, head and body.
    @Owned ByteBuf plain() {
        return plain.retainedDuplicate();
    }

    void writeHead(ByteBuf out) {
        out.writeBytes(streamHead);
    }

    /// One event as one chunk, stamped with the time of writing.
    void writeEvent(ByteBuf out, boolean usageAsked, long nowNanos) {
        writeStamped(out, usageAsked ? eventWithUsageAsked : event, nowNanos);
    }

    /// The usage event, when it was asked for, then `[DONE]` and the last chunk.
    void writeEnd(ByteBuf out, boolean usageAsked, long nowNanos) {
        if (usageAsked) {
            writeStamped(out, usageEvent, nowNanos);
        }
        out.writeBytes(streamEnd);
    }

    /// A buffer with room for the head, `events` events and the end.
    @Owned ByteBuf room(ByteBufAllocator alloc, int events) {
        return alloc.directBuffer(1024 + events * eventWithUsageAsked.length);
    }

    @Override
    public void close() {
        plain.release();
    }

    private static void writeStamped(ByteBuf out, byte[] chunk, long nowNanos) {
        int start = out.writerIndex();
        out.writeBytes(chunk);
        // Behind the chunk's size line.
        int at = start + chunkHead(chunk) + STAMP_AT;
        for (int digit = 0; digit < STAMP_DIGITS; digit++) {
            out.setByte(at + digit, HEX[(int) (nowNanos >>> (60 - 4 * digit)) & 0xf]);
        }
    }

    private static int chunkHead(byte[] chunk) {
        return chunk[2] == '\r' ? 4 : 5;
    }

    private static String eventOf(String choices, String usage) {
        return EVENT_START + "0".repeat(STAMP_DIGITS) + CHUNK + choices + "]" + usage + "}\n\n";
    }

    private static byte[] chunk(String data) {
        return (Integer.toHexString(data.length()) + "\r\n" + data + "\r\n").getBytes(US_ASCII);
    }

    private static String plainReply() {
        String start = "{\"id\":\"chatcmpl-0123456789abcdef\",\"object\":\"chat.completion\",\"created\":1700000000,"
                + "\"model\":\"bench-upstream\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"";
        String end = "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":200,"
                + "\"completion_tokens\":100,\"total_tokens\":300,\"prompt_tokens_details\":{\"cached_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0}},\"system_fingerprint\":\"fp_0123456789\"}";
        String body = start + "a".repeat(PLAIN_BODY_BYTES - start.length() - end.length()) + end;
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static ByteBuf direct(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }
}
