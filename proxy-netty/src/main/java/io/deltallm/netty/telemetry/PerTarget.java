package io.deltallm.netty.telemetry;

import io.deltallm.policy.route.Target;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a listener keeps about each target, made at the first use and found again in a few nanoseconds. Thread-safe.
///
/// # How it works
/// A `Target` is a record with a costly `hashCode`, but the request path always shows the very instance that is in the
/// snapshot. So the configured targets sit in an immutable open-addressing table keyed by identity, replaced whole at each
/// reload. A value belongs to the target's *id*: it survives a reload that keeps the target. An instance outside the table
/// (a stream begun before a reload) is found by its id, a little slower; so at most the targets of the snapshots still in
/// use are remembered.
public final class PerTarget<V> {
    private final Function<Target, V> maker;
    private final ConcurrentHashMap<String, V> byId = new ConcurrentHashMap<>();
    private final AtomicReference<Table<V>> table = new AtomicReference<>(new Table<>(Set.of()));

    /// @param maker called at a target's first use; more than once when several threads come at once, and one result wins
    public PerTarget(Function<Target, V> maker) {
        this.maker = maker;
    }

    public V get(Target target) {
        Table<V> current = table.getAcquire();
        int at = current.indexOf(target);
        V found = at < 0 ? null : current.values.getAcquire(at);
        return found != null ? found : first(target, current, at);
    }

    /// The value kept for this target, or null if it has not been used.
    public @Nullable V peek(Target target) {
        return byId.get(target.id());
    }

    /// Tells which targets are configured from now on; what is known of others is forgotten.
    public void configured(Collection<Target> targets) {
        Set<String> ids = new HashSet<>();
        targets.forEach(target -> ids.add(target.id()));
        byId.keySet().retainAll(ids);
        table.set(new Table<>(targets));
    }

    private V first(Target target, Table<V> current, int at) {
        V value = byId.computeIfAbsent(target.id(), _ -> maker.apply(target));
        if (at >= 0) {
            current.values.setRelease(at, value);
        }
        return value;
    }

    private static final class Table<V> {
        private final @Nullable Target[] keys;
        private final AtomicReferenceArray<@Nullable V> values;

        Table(Collection<Target> targets) {
            int size = Integer.highestOneBit(Math.max(2, targets.size() * 2)) << 1;
            keys = new @Nullable Target[size];
            values = new AtomicReferenceArray<>(size);
            for (Target target : targets) {
                int at = System.identityHashCode(target) & size - 1;
                while (keys[at] != null && keys[at] != target) {
                    at = at + 1 & size - 1;
                }
                keys[at] = target;
            }
        }

        int indexOf(Target target) {
            int at = System.identityHashCode(target) & keys.length - 1;
            while (keys[at] != target) {
                if (keys[at] == null) {
                    return -1;
                }
                at = at + 1 & keys.length - 1;
            }
            return at;
        }
    }
}
