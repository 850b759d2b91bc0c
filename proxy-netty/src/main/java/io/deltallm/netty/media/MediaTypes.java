package io.deltallm.netty.media;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Says what kind of media some bytes are: as their server says, or by their first bytes where it says nothing of use.
final class MediaTypes {
    private static final List<String> KINDS = List.of("image/", "audio/", "video/", "text/plain", "application/pdf");

    private record Magic(int at, String bytes, String type) {
        boolean matches(byte[] body) {
            byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
            if (body.length < at + wanted.length) {
                return false;
            }
            for (int i = 0; i < wanted.length; i++) {
                if (body[at + i] != wanted[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Magic> MAGIC = List.of(
            new Magic(0, "\u0089PNG\r\n", "image/png"),
            new Magic(0, "\u00ff\u00d8\u00ff", "image/jpeg"),
            new Magic(0, "GIF8", "image/gif"),
            new Magic(8, "WEBP", "image/webp"),
            new Magic(8, "WAVE", "audio/wav"),
            new Magic(0, "ID3", "audio/mpeg"),
            new Magic(4, "ftyp", "video/mp4"),
            new Magic(0, "%PDF-", "application/pdf"));

    private MediaTypes() {}

    static String of(String contentType, byte[] body, MediaUrl url) throws MediaProblem {
        int semicolon = contentType.indexOf(';');
        String stated = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        if (KINDS.stream().anyMatch(stated::startsWith)) {
            return stated.equals("image/jpg") ? "image/jpeg" : stated;
        }
        boolean silent = stated.isEmpty() || stated.endsWith("/octet-stream");
        for (Magic magic : MAGIC) {
            if (silent && magic.matches(body)) {
                return magic.type();
            }
        }
        throw url.problem("sends \"" + (stated.length() > 60 ? stated.substring(0, 60) : stated)
                + "\" (expected: an image, a sound, a film, a PDF or plain text)");
    }
}
