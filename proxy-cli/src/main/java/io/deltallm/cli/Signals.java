package io.deltallm.cli;

/// What the operating system asks of a running server.
interface Signals {
    /// SIGTERM and SIGINT. Runs on a thread of its own; must return soon.
    void onStop(Runnable action);

    /// SIGHUP. Runs on a thread of its own.
    void onReload(Runnable action);
}
