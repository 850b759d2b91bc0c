package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.provider.Endpoints;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every route, once. Looked up by the path's bytes: no string is made. Immutable, thread-safe.
///
/// Routes of the OpenAI and Anthropic APIs answer with and without `/v1`, since clients are configured both ways. Paths
/// that name a model are read by [ModelPath], those that go on to a provider by [PassthroughPath].
final class RouteTable {
    private static final byte[] V1 = bytes("/v1");
    private static final byte[] MODEL_PREFIX = bytes("/models/");
    private static final int BUCKETS = 64;

    private final Entry[][] buckets = new Entry[BUCKETS][];

    private static final class Entry {
        final byte[] path;
        final Route route;

        Entry(byte[] path, Route route) {
            this.path = path;
            this.route = route;
        }
    }

    RouteTable() {
        List<List<Entry>> byLength = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            byLength.add(new ArrayList<>());
        }
        for (Entry entry : entries()) {
            byLength.get(entry.path.length).add(entry);
        }
        Arrays.setAll(buckets, i -> byLength.get(i).toArray(Entry[]::new));
    }

    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            if (operation.hasPath()) {
                Route route = new Route.Relay(operation);
                addApi(entries, operation.path(), route);
                if (isOpenAi(operation)) {
                    add(entries, "/openai/v1" + operation.path(), route);
                }
            }
        }
        add(entries, "/v2/rerank", new Route.Relay(Operation.RERANK));
        addApi(entries, "/models", Route.Question.MODELS);
        addApi(entries, "/model/info", Route.Question.MODEL_INFO);
        addApi(entries, "/model_group/info", Route.Question.MODEL_GROUP_INFO);
        add(entries, "/utils/token_counter", Route.Question.TOKEN_COUNTER);
        add(entries, "/spend/calculate", Route.Question.SPEND_CALCULATE);
        add(entries, "/health", Route.Probe.HEALTH);
        add(entries, "/health/liveliness", Route.Probe.LIVENESS);
        add(entries, "/health/liveness", Route.Probe.LIVENESS);
        add(entries, "/health/readiness", Route.Probe.READINESS);
        add(entries, "/live", Route.Probe.LIVE);
        add(entries, "/ready", Route.Probe.READY);
        add(entries, "/metrics", Route.Probe.METRICS);
        add(entries, "/metrics/prometheus", Route.Probe.METRICS);
        add(entries, "/metrics/json", Route.Probe.METRICS);
        return entries;
    }

    static boolean isOpenAi(Operation operation) {
        return Endpoints.openAi().containsKey(operation);
    }

    private static void addApi(List<Entry> entries, String path, Route route) {
        add(entries, path, route);
        add(entries, "/v1" + path, route);
    }

    private static void add(List<Entry> entries, String path, Route route) {
        entries.add(new Entry(bytes(path), route));
    }

    /// The route of the path in `source[start, end)`, or null.
    @Nullable Route find(byte[] source, int start, int end) {
        int length = end - start;
        if (length < BUCKETS) {
            for (Entry entry : buckets[length]) {
                if (Arrays.equals(entry.path, 0, length, source, start, end)) {
                    return entry.route;
                }
            }
        }
        Route named = ModelPath.find(source, start, end);
        if (named != null) {
            return named;
        }
        return modelId(source, start, end) > start ? Route.Question.MODEL : PassthroughPath.find(source, start, end);
    }

    /// Where the model's id begins in `/v1/models/{id}`, or -1.
    static int modelId(byte[] source, int start, int end) {
        int at = startsWith(V1, source, start, end) ? start + V1.length : start;
        boolean found = startsWith(MODEL_PREFIX, source, at, end) && end - at > MODEL_PREFIX.length;
        return found ? at + MODEL_PREFIX.length : -1;
    }

    private static boolean startsWith(byte[] prefix, byte[] source, int start, int end) {
        return end - start >= prefix.length
                && Arrays.equals(prefix, 0, prefix.length, source, start, start + prefix.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
