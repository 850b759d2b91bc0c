package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonOutput;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes pictures, sounds, films and documents as parts. Confined to one request.
final class MediaWriter {
    private static final String STORAGE = "gs://";
    private static final String FILES = "https://generativelanguage.googleapis.com/v1beta/";

    private static final Map<String, String> BY_EXTENSION = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("csv", "text/csv"),
            Map.entry("md", "text/md"),
            Map.entry("html", "text/html"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("wav", "audio/wav"),
            Map.entry("flac", "audio/flac"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("aac", "audio/aac"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("webm", "video/webm"),
            Map.entry("mpeg", "video/mpeg"),
            Map.entry("avi", "video/avi"));

    private final LostFields lost;
    private final JsonOutput out;

    MediaWriter(LostFields lost, JsonOutput out) {
        this.lost = lost;
        this.out = out;
    }

    /// One part, which is no text.
    void write(Part part) {
        write(part, null);
    }

    /// One part that a model made, and its signature.
    void write(Part part, @Nullable String signature) {
        switch (part) {
            case Part.Image(var media, var detail, _) -> {
                lost.tellIf(detail != null && !detail.equals("auto"), "image_url.detail");
                write(media, "image/jpeg", signature);
            }
            case Part.Audio(var media) -> write(media, "audio/mpeg", signature);
            case Part.Video(var media) -> write(media, "video/mp4", signature);
            case Part.Document(var media, _, _) -> write(media, "application/pdf", signature);
            default -> throw new IllegalArgumentException("no media: " + part);
        }
    }

    private void write(Media media, String usualType, @Nullable String signature) {
        out.beginObject();
        switch (media) {
            case Media.Inline(var type, var base64) -> {
                out.name("inlineData").beginObject();
                out.member("mimeType", type).member("data", base64).endObject();
            }
            case Media.Remote(var url, var type) -> file(url, type == null ? guessed(url, usualType) : type);
            case Media.Uploaded(var id) -> file(uploaded(id), guessed(id, usualType));
            case Media.PlainText(var text) -> out.member("text", text);
        }
        out.optional("thoughtSignature", signature).endObject();
    }

    private void file(String uri, @Nullable String type) {
        out.name("fileData").beginObject();
        out.member("fileUri", uri).optional("mimeType", type).endObject();
    }

    private static String uploaded(String id) {
        if (id.startsWith("files/")) {
            return FILES + id;
        }
        if (id.startsWith(STORAGE) || id.startsWith("https://")) {
            return id;
        }
        throw Refused.request(
                "The file \"" + id + "\" is not at this model's provider (expected: files/…, gs://… or the data itself)",
                "messages");
    }

    /// Google reads the type of its own files and of films on YouTube itself.
    private static @Nullable String guessed(String url, String usualType) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = BY_EXTENSION.get(extension);
        return type != null || readsType(url) ? type : usualType;
    }

    private static boolean readsType(String url) {
        return isGoogles(url) && !url.startsWith(STORAGE);
    }

    static boolean isGoogles(String url) {
        return url.startsWith(FILES)
                || url.startsWith(STORAGE)
                || url.startsWith("files/")
                || url.contains("://youtu.be/")
                || url.contains("://www.youtube.com/")
                || url.contains("://youtube.com/");
    }
}
