package io.deltallm.policy.config;

import io.deltallm.policy.credential.RunningLogins;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The snapshot in force, and the logins to clouds that it needs. Thread-safe; an exchange asks once and keeps the answer.
public final class LiveSnapshot {
    private final AtomicReference<Snapshot> current;
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();

    private final RunningLogins logins = new RunningLogins();

    public LiveSnapshot(Snapshot first) {
        logins.adopt(first.logins());
        this.current = new AtomicReference<>(first);
    }

    public Snapshot current() {
        return current.get();
    }

    /// Puts `next` in force, then tells the listeners, on the calling thread and in the order they were added.
    public void replace(Snapshot next) {
        logins.adopt(next.logins());
        current.set(next);
        listeners.forEach(listener -> listener.accept(next));
    }

    /// Tells `listener` of every later snapshot.
    public void onReplace(Consumer<Snapshot> listener) {
        listeners.add(listener);
    }
}
