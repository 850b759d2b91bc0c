package io.deltallm.benchmarks.jmh;

import io.deltallm.policy.identity.CallerCache;
import io.deltallm.policy.identity.CallerCacheSettings;
import io.deltallm.policy.identity.KeyHasher;
import io.deltallm.policy.limit.LimitRegistry;
import io.deltallm.policy.store.IssuedKey;
import io.deltallm.policy.store.KeyFactory;
import io.deltallm.policy.store.KeyTerms;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// From a key's bytes to its caller, as every authenticated request does it: hash, then the cache.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyLookupBenchmark {
    private static final String SALT = "salt";

    /// A look-up must not cost more because there are more keys.
    @Param({"1", "100000"})
    public int keys;

    private KeyHasher hasher = new KeyHasher(SALT);
    private @Nullable CallerCache cache;
    private byte[][] texts = new byte[0][];
    private int next;

    @Setup
    public void fill() {
        KeyFactory factory = new KeyFactory(SALT, new SecureRandom(), InstantSource.system());
        List<IssuedKey> issued = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            issued.add(factory.issue(KeyTerms.OPEN));
        }
        // A clock that stands still: no entry expires while the benchmark runs.
        cache = new CallerCache(
                new FixedKeyStore(issued), new LimitRegistry(() -> 0), CallerCacheSettings.DEFAULT, () -> 0);
        issued.forEach(key -> cache.load(key.keyRecord().hash()));
        texts = issued.stream().map(key -> key.key().getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }

    @Benchmark
    public @Nullable Object hashAndPeek() {
        byte[] text = texts[next];
        next = (next + 1) % texts.length;
        return cache == null ? null : cache.peek(hasher.hash(text, 0, text.length));
    }

    @Benchmark
    public Object hash() {
        return hasher.hash(texts[0], 0, texts[0].length);
    }
}
