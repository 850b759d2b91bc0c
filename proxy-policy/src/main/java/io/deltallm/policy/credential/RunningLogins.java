package io.deltallm.policy.credential;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The logins that the configuration in force needs: each is started once, kept over reloads that still need it, and ended
/// when one no longer does. Thread-safe.
public final class RunningLogins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningLogins.class);

    private final Map<Login, LoginSource.Running<?>> running = new HashMap<>();

    /// Gives every source its credentials, and ends what none of them needs.
    public synchronized void adopt(Collection<LoginSource<?>> sources) {
        Set<Login> needed = new HashSet<>();
        for (LoginSource<?> source : sources) {
            needed.add(source.login());
            adopt(source);
        }
        running.entrySet().removeIf(entry -> {
            boolean over = !needed.contains(entry.getKey());
            if (over) {
                end(entry.getValue());
            }
            return over;
        });
    }

    private void adopt(LoginSource<?> source) {
        try {
            LoginSource.Running<?> login = running.get(source.login());
            if (login == null) {
                login = source.start();
                running.put(source.login(), login);
            }
            source.follow(login);
        } catch (IllegalArgumentException e) {
            LOG.error("{} cannot be used: {}", source.login(), e.getMessage());
        }
    }

    int count() {
        return running.size();
    }

    private static void end(LoginSource.Running<?> login) {
        try {
            login.resource().close();
        } catch (Exception e) {
            LOG.warn("a login could not be ended", e);
        }
    }

    @Override
    public synchronized void close() {
        running.values().forEach(RunningLogins::end);
        running.clear();
    }
}
