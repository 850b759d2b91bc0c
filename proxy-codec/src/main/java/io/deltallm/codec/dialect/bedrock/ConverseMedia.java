package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the blocks of images, documents, sounds and films: bytes in the request, or a place in S3. Used once: documents
/// of one request must not share a name.
final class ConverseMedia {
    static final String S3 = "s3://";
    private static final Map<String, String> IMAGES =
            Map.of("image/png", "png", "image/jpeg", "jpeg", "image/jpg", "jpeg", "image/gif", "gif", "image/webp", "webp");
    private static final Map<String, String> IMAGE_STARTS =
            Map.of("iVBOR", "png", "/9j/", "jpeg", "R0lGOD", "gif", "UklGR", "webp");
    private static final Map<String, String> DOCUMENTS = Map.of(
            "application/pdf", "pdf",
            "text/csv", "csv",
            "application/msword", "doc",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
            "application/vnd.ms-excel", "xls",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
            "text/html", "html",
            "text/plain", "txt",
            "text/markdown", "md");
    private static final Set<String> DOCUMENT_FORMATS = Set.copyOf(DOCUMENTS.values());
    private static final Map<String, String> SOUNDS = Map.of(
            "mpeg", "mp3", "x-wav", "wav", "wave", "wav", "vnd.wave", "wav", "x-m4a", "m4a", "x-flac", "flac");
    private static final Map<String, String> FILMS = Map.of(
            "quicktime", "mov", "x-matroska", "mkv", "x-flv", "flv", "x-ms-wmv", "wmv", "3gpp", "three_gp");

    private final JsonOutput out;
    private final Set<String> names = new HashSet<>();

    ConverseMedia(JsonOutput out) {
        this.out = out;
    }

    void image(Media media) {
        String type = mediaType(media);
        String sniffed = media instanceof Media.Inline(_, String base64) ? sniffed(base64) : null;
        // Claude refuses a picture that is another than it is said to be.
        String format = sniffed == null ? IMAGES.get(type) : sniffed;
        if (format == null) {
            throw Refused.request(
                    "An image is of type \"" + type + "\", which Bedrock does not take "
                            + "(expected: image/png, image/jpeg, image/gif, image/webp)",
                    "messages");
        }
        out.beginObject().name("image").beginObject().member("format", format);
        source(media);
        out.endObject().endObject();
    }

    void document(Part.Document document) {
        Media media = document.media();
        String title = document.title() == null ? "" : document.title();
        String format = documentFormat(media, title);
        if (format == null) {
            throw Refused.request(
                    "A document is of type \"" + mediaType(media) + "\", which Bedrock does not take "
                            + "(expected: pdf, csv, doc, docx, xls, xlsx, html, txt, md)",
                    "messages");
        }
        out.beginObject().name("document").beginObject();
        out.member("format", format).member("name", uniqueName(title));
        source(media);
        out.endObject().endObject();
    }

    void audio(Media media) {
        typed("audio", subtype(media, SOUNDS), media);
    }

    void video(Media media) {
        typed("video", subtype(media, FILMS), media);
    }

    private void typed(String kind, String format, Media media) {
        out.beginObject().name(kind).beginObject().member("format", format);
        source(media);
        out.endObject().endObject();
    }

    private void source(Media media) {
        out.name("source").beginObject();
        switch (media) {
            case Media.Inline(_, String base64) -> out.member("bytes", base64);
            case Media.PlainText(String text) ->
                out.member("bytes", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            case Media.Remote(String url, _) -> s3(url);
            case Media.Uploaded(String fileId) -> throw Refused.request(
                    "File \"" + fileId + "\" is not known to Bedrock (expected: the bytes, as base64)", "messages");
        }
        out.endObject();
    }

    private void s3(String url) {
        if (!url.startsWith(S3)) {
            throw Refused.request(
                    "Bedrock fetches no \"" + url + "\" (expected: the bytes, as base64, or an s3:// URL)", "messages");
        }
        out.name("s3Location").beginObject().member("uri", url).endObject();
    }

    private static String mediaType(Media media) {
        return switch (media) {
            case Media.Inline(String type, _) -> type;
            case Media.Remote(String url, String type) -> type == null ? "." + extension(url) : type;
            case Media.PlainText _ -> "text/plain";
            case Media.Uploaded _ -> "";
        };
    }

    private static @Nullable String sniffed(String base64) {
        for (Map.Entry<String, String> start : IMAGE_STARTS.entrySet()) {
            if (base64.startsWith(start.getKey())) {
                return start.getValue();
            }
        }
        return null;
    }

    private static @Nullable String documentFormat(Media media, String title) {
        String type = mediaType(media);
        String format = DOCUMENTS.get(type);
        if (format != null) {
            return format;
        }
        String extension = extension(type.startsWith(".") ? type : title);
        if (DOCUMENT_FORMATS.contains(extension)) {
            return extension;
        }
        return type.startsWith("text/") ? "txt" : null;
    }

    private static String subtype(Media media, Map<String, String> formats) {
        String type = mediaType(media);
        String subtype = type.startsWith(".") ? extension(type) : type.substring(type.indexOf('/') + 1);
        return formats.getOrDefault(subtype, subtype);
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /// Names are of letters, digits, single spaces, `-`, `()` and `[]`.
    private String uniqueName(String title) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < title.length() && out.length() < 150; i++) {
            char character = title.charAt(i);
            boolean allowed =
                    (character < 128 && Character.isLetterOrDigit(character)) || "-()[]".indexOf(character) >= 0;
            char written = allowed ? character : Character.isWhitespace(character) ? ' ' : '-';
            if (written != ' ' || (!out.isEmpty() && out.charAt(out.length() - 1) != ' ')) {
                out.append(written);
            }
        }
        String name = out.toString().strip();
        String base = name.isEmpty() ? "document" : name;
        String unique = base;
        for (int i = 2; !names.add(unique); i++) {
            unique = base + " " + i;
        }
        return unique;
    }
}
