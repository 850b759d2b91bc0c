package io.deltallm.netty.media;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.policy.config.UrlFetchSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Fetches what the URLs of a request refer to, all at once. Thread-safe; blocks: call through Offload.
///
/// # Where a URL may lead
/// Whoever sends a request chooses its URLs, so each is followed only to addresses that [UrlFetchSettings] allows. A host is
/// resolved once, all its addresses are judged, and the connection goes to one of them: a second look-up could give
/// another answer. Each redirect is judged like a first URL.
public final class MediaFetcher {
    static final int MAX_COUNT = 20;
    static final int MAX_BYTES = 20 << 20;
    private static final int MAX_REDIRECTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Resolver resolver;
    private final Duration patience;

    public MediaFetcher() {
        this(InetAddress::getAllByName);
    }

    MediaFetcher(Resolver resolver) {
        this(resolver, PATIENCE);
    }

    MediaFetcher(Resolver resolver, Duration patience) {
        this.resolver = resolver;
        this.patience = patience;
    }

    /// Tells a host's addresses.
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /// What became of it.
    public sealed interface Result {}

    /// @param media by URL
    public record Found(Map<String, Media.Inline> media) implements Result {}

    /// One could not be fetched.
    public record Unfetched(GatewayError error) implements Result {}

    public Result fetch(List<String> urls, UrlFetchSettings settings) throws InterruptedException {
        if (urls.size() > MAX_COUNT) {
            return new Unfetched(refused(urls.size() + " URLs of media (expected: at most " + MAX_COUNT + ")"));
        }
        Map<String, Media.Inline> found = new LinkedHashMap<>();
        MediaBudget budget = new MediaBudget(patience);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Media.Inline>> fetching = new ArrayList<>();
            for (String url : urls) {
                Callable<Media.Inline> work = () -> fetch(url, settings, budget);
                fetching.add(workers.submit(work));
            }
            try {
                for (int i = 0; i < urls.size(); i++) {
                    // A server may keep a connection busy without a pause that its socket would end at.
                    found.put(urls.get(i), fetching.get(i).get(budget.millisLeft(), TimeUnit.MILLISECONDS));
                }
            } catch (TimeoutException e) {
                return new Unfetched(refused("a URL that takes more than " + patience.toSeconds() + " s to fetch"));
            } catch (ExecutionException e) {
                return new Unfetched(refused(reason(e.getCause())));
            } finally {
                fetching.forEach(each -> each.cancel(true));
            }
        }
        return new Found(found);
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof MediaProblem problem ? String.valueOf(problem.getMessage()) : "a URL cannot be fetched";
    }

    private static GatewayError refused(String what) {
        return GatewayError.of(ErrorCode.INVALID_REQUEST, "The request has " + what);
    }

    private Media.Inline fetch(String text, UrlFetchSettings settings, MediaBudget budget) throws MediaProblem {
        MediaUrl url = MediaUrl.of(text);
        for (int redirects = 0; ; redirects++) {
            MediaReply reply = get(url, settings, budget);
            String location = reply.location();
            if (location == null) {
                return new Media.Inline(
                        MediaTypes.of(reply.contentType(), reply.body(), url),
                        Base64.getEncoder().encodeToString(reply.body()));
            }
            if (redirects == MAX_REDIRECTS) {
                throw url.problem("redirects more than " + MAX_REDIRECTS + " times");
            }
            url = url.redirected(location);
        }
    }

    private MediaReply get(MediaUrl url, UrlFetchSettings settings, MediaBudget budget) throws MediaProblem {
        InetAddress[] addresses = addresses(url, settings);
        for (int i = 0; ; i++) {
            try (MediaConnection connection = MediaConnection.open(url, addresses[i], budget)) {
                return connection.get(MAX_BYTES);
            } catch (IOException e) {
                if (i == addresses.length - 1 || e instanceof SocketTimeoutException) {
                    throw url.problem("cannot be fetched");
                }
            }
        }
    }

    private InetAddress[] addresses(MediaUrl url, UrlFetchSettings settings) throws MediaProblem {
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(url.host());
        } catch (UnknownHostException e) {
            throw url.problem("has no address");
        }
        for (InetAddress address : addresses) {
            if (!settings.allows(url.host(), address)) {
                // Which address it is stays here: that would tell of the network behind the gateway.
                throw url.problem("is not on the public internet");
            }
        }
        return addresses;
    }
}
