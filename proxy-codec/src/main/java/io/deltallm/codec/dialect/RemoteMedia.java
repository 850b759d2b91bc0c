package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Puts fetched media where a request only has their URLs, unless the provider fetches them itself.
final class RemoteMedia {
    private final Predicate<String> providerFetches;
    private final Map<String, Media.Inline> fetched;
    private final Set<String> missing = new LinkedHashSet<>();

    private RemoteMedia(Predicate<String> providerFetches, Map<String, Media.Inline> fetched) {
        this.providerFetches = providerFetches;
        this.fetched = fetched;
    }

    /// The request with its media inline; the request itself if it has none elsewhere.
    ///
    /// @throws MediaNeeded if `fetched` does not have all of them
    static ChatRequest inlined(
            ChatRequest request, Predicate<String> providerFetches, Map<String, Media.Inline> fetched) {
        RemoteMedia media = new RemoteMedia(providerFetches, fetched);
        if (request.messages().stream().noneMatch(message -> media.hasRemote(message.parts()))) {
            return request;
        }
        List<Message> messages = request.messages().stream()
                .map(message -> new Message(message.role(), media.parts(message.parts()), message.name()))
                .toList();
        if (!media.missing.isEmpty()) {
            throw new MediaNeeded(List.copyOf(media.missing));
        }
        return request.withMessages(messages);
    }

    private boolean hasRemote(List<Part> parts) {
        for (Part part : parts) {
            boolean remote = switch (part) {
                case Part.Image image -> isNeeded(image.media());
                case Part.Audio audio -> isNeeded(audio.media());
                case Part.Video video -> isNeeded(video.media());
                case Part.Document document -> isNeeded(document.media());
                case Part.ToolResult result -> hasRemote(result.content());
                default -> false;
            };
            if (remote) {
                return true;
            }
        }
        return false;
    }

    private boolean isNeeded(Media media) {
        return media instanceof Media.Remote(var url, _) && !providerFetches.test(url);
    }

    private List<Part> parts(List<Part> parts) {
        List<Part> inlined = new ArrayList<>(parts.size());
        for (Part part : parts) {
            inlined.add(switch (part) {
                case Part.Image(var media, var detail, var cache) -> new Part.Image(media(media), detail, cache);
                case Part.Audio(var media) -> new Part.Audio(media(media));
                case Part.Video(var media) -> new Part.Video(media(media));
                case Part.Document(var media, var title, var cache) -> new Part.Document(media(media), title, cache);
                case Part.ToolResult(var id, var name, var content, var error, var cache) ->
                    new Part.ToolResult(id, name, parts(content), error, cache);
                default -> part;
            });
        }
        return inlined;
    }

    private Media media(Media media) {
        if (!isNeeded(media) || !(media instanceof Media.Remote(var url, var stated))) {
            return media;
        }
        Media.Inline inline = fetched.get(url);
        if (inline == null) {
            missing.add(url);
            return media;
        }
        return stated == null ? inline : new Media.Inline(stated, inline.base64());
    }
}
