package io.deltallm.policy.credential;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The credentials of a login, for a configuration to hold: none until [RunningLogins] has started it, since reading a
/// configuration asks nobody. Thread-safe; [#current] never blocks.
public final class LoginSource<T> {
    private final Login login;
    private final Map<String, String> environment;
    private final Start<T> start;
    private volatile @Nullable Running<T> running;

    /// How a login begins to fetch.
    @FunctionalInterface
    interface Start<T> {
        /// @throws IllegalArgumentException if what was configured cannot be used; the message shows no secret
        Running<T> start(LoginSource<T> source);
    }

    /// @param resource closed when the login is no longer needed
    record Running<T>(RefreshingToken<T> token, AutoCloseable resource) {}

    /// @param environment variables, as the configuration was read with
    LoginSource(Login login, Map<String, String> environment, Start<T> start) {
        this.login = login;
        this.environment = Map.copyOf(environment);
        this.start = start;
    }

    public Login login() {
        return login;
    }

    /// What is valid now; null while there is nothing.
    public @Nullable T current() {
        Running<T> now = running;
        return now == null ? null : now.token().current();
    }

    Map<String, String> environment() {
        return environment;
    }

    Running<T> start() {
        return start.start(this);
    }

    /// @param other of an equal login, hence of the same kind
    @SuppressWarnings("unchecked")
    void follow(Running<?> other) {
        running = (Running<T>) other;
    }

    @Override
    public String toString() {
        return "LoginSource[" + login + "]";
    }
}
