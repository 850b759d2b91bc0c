package io.deltallm.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/// The signals of this process. The JDK has no other door to SIGHUP than `sun.misc`, which it exports for this use.
final class ProcessSignals implements Signals {
    private static final int INTERRUPTED = 130;

    /// The first signal asks, the second (an impatient Ctrl-C) ends the process at once.
    @Override
    public void onStop(Runnable action) {
        var asked = new AtomicBoolean();
        for (String name : new String[] {"TERM", "INT"}) {
            handle(name, () -> {
                if (asked.getAndSet(true)) {
                    Runtime.getRuntime().halt(INTERRUPTED);
                }
                action.run();
            });
        }
    }

    @Override
    public void onReload(Runnable action) {
        handle("HUP", action);
    }

    private static void handle(String name, Runnable action) {
        try {
            Signal.handle(new Signal(name), _ -> action.run());
        } catch (IllegalArgumentException e) {
            // Windows has no HUP, and -Xrs gives signals to somebody else; the server works without.
        }
    }
}
