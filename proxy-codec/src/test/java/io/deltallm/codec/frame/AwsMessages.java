package io.deltallm.codec.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;

/// Makes messages of AWS event streams.
public final class AwsMessages {

    private AwsMessages() {}

    /// An event with its JSON.
    public static byte[] event(String type, String json) {
        return message(headers(Map.of(":message-type", "event", ":event-type", type)), utf8(json));
    }

    public static byte[] exception(String type, String json) {
        return message(headers(Map.of(":message-type", "exception", ":exception-type", type)), utf8(json));
    }

    public static byte[] error(String code, String text) {
        return message(
                headers(Map.of(":message-type", "error", ":error-code", code, ":error-message", text)), new byte[0]);
    }

    /// An event `chunk` around a model's own event.
    public static byte[] chunk(String json) {
        return event(
                "chunk", "{\"bytes\":\"" + Base64.getEncoder().encodeToString(utf8(json)) + "\",\"p\":\"abcdefgh\"}");
    }

    public static byte[] headers(Map<String, String> strings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        strings.forEach((name, value) -> {
            out.write(name.length());
            out.writeBytes(utf8(name));
            out.write(7);
            byte[] text = utf8(value);
            out.write(text.length >> 8);
            out.write(text.length);
            out.writeBytes(text);
        });
        return out.toByteArray();
    }

    public static byte[] message(byte[] headers, byte[] payload) {
        int length = 16 + headers.length + payload.length;
        ByteBuffer message = ByteBuffer.allocate(length).putInt(length).putInt(headers.length);
        message.putInt(crc(message.array(), 8)).put(headers).put(payload);
        return message.putInt(crc(message.array(), length - 4)).array();
    }

    public static byte[] prelude(int length, int headerLength) {
        ByteBuffer prelude = ByteBuffer.allocate(12).putInt(length).putInt(headerLength);
        return prelude.putInt(crc(prelude.array(), 8)).array();
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static int crc(byte[] bytes, int count) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, count);
        return (int) crc.getValue();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
