package io.deltallm.netty.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Knows every reference-counted resource of Netty that is alive, and where it was made. Unlike Netty's own detector it
/// needs no garbage collection to see a leak: what is still open when nothing should be is one. Named to Netty by the
/// system property `io.netty.customResourceLeakDetector`, before the first buffer class loads. Thread-safe.
public final class PresenceLeakDetector<T> extends ResourceLeakDetector<T> {
    private static final Set<Tracker<?>> OPEN = ConcurrentHashMap.newKeySet();
    private static final AtomicLong SEQUENCE = new AtomicLong();

    /// Called by Netty, through its factory.
    @SuppressWarnings("deprecation")
    public PresenceLeakDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
    }

    /// The older form, which Netty's factory looks for first.
    @SuppressWarnings("deprecation")
    public PresenceLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
        super(resourceType, samplingInterval);
    }

    /// The number of the resource made last; later ones have higher numbers.
    static long mark() {
        return SEQUENCE.get();
    }

    /// The resources made after `mark` that are still open, those of class initialisers left out: they live for ever.
    static List<String> openSince(long mark) {
        return OPEN.stream()
                .filter(tracker -> tracker.number > mark && !tracker.madeByClassInitialiser())
                .map(Tracker::describe)
                .toList();
    }

    @Override
    public ResourceLeakTracker<T> track(T resource) {
        var tracker = new Tracker<T>(resource.getClass().getSimpleName(), SEQUENCE.incrementAndGet());
        OPEN.add(tracker);
        return tracker;
    }

    @Override
    public ResourceLeakTracker<T> trackForcibly(T resource) {
        return track(resource);
    }

    @Override
    public boolean isRecordEnabled() {
        return true;
    }

    private static final class Tracker<T> implements ResourceLeakTracker<T> {
        private final String type;
        private final long number;
        private final Throwable origin = new Throwable("made here");
        private volatile @Nullable Object lastHint;

        Tracker(String type, long number) {
            this.type = type;
            this.number = number;
        }

        @Override
        public void record() {}

        @Override
        public void record(Object hint) {
            lastHint = hint;
        }

        @Override
        public boolean close(T trackedObject) {
            return OPEN.remove(this);
        }

        boolean madeByClassInitialiser() {
            return List.of(origin.getStackTrace()).stream().anyMatch(frame -> frame.getMethodName().equals("<clinit>"));
        }

        String describe() {
            var lines = new ArrayList<String>();
            lines.add(type + " never released" + (lastHint == null ? "" : ", last touched by \"" + lastHint + "\"") + ", made at");
            for (StackTraceElement frame : origin.getStackTrace()) {
                if (!frame.getClassName().startsWith("org.junit") && lines.size() < 25) {
                    lines.add("    " + frame);
                }
            }
            return String.join("\n", lines);
        }
    }
}
