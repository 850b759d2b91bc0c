package io.deltallm.benchmarks.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something that answers on a loopback port: the upstream itself (`direct`, without a process of its own here) or a
/// proxy in front of it.
///
/// @param startup from the start of the process to its first answer of 200
/// @param idleBytes resident memory after that answer
record Peer(String name, int port, String key, @Nullable Process process, Duration startup, long idleBytes)
        implements AutoCloseable {
    static final String DIRECT = "direct";
    static final String NGINX = "nginx";
    static final String HAPROXY = "haproxy";
    static final String GATEWAY = "deltallm";

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
