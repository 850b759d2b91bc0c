package io.deltallm.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signals of this process. The JDK has no other door to SIGHUP than `sun.misc.Signal`, which `jdk.unsupported` exports
/// for this use. It is entered by reflection because javac's warning about the type cannot be suppressed, and warnings fail
/// the build.
final class ProcessSignals implements Signals {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessSignals.class);
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
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            action.run();
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> self == arguments[0];
                        default -> name;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            // Windows has no HUP, and -Xrs gives signals to somebody else; the server works without.
            LOG.debug("SIG{} is not handled", name, e);
        }
    }
}
