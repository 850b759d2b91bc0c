package io.deltallm.policy.config;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command line says; it beats environment and file.
///
/// @param insecureNoAuth lets everybody in without a key; false leaves it to the file
public record Overrides(
        @Nullable String host,
        @Nullable Integer port,
        @Nullable Integer eventLoopThreads,
        boolean insecureNoAuth,
        @Nullable Demo demo) {
    public static final Overrides NONE = new Overrides(null, null, null, false, null);

    /// A provider within this process, for a first look.
    ///
    /// @param baseUri up to and including `/v1`
    /// @param models the names it serves, each of which becomes a group unless the file has one of that name
    /// @param masterKey used where none is configured
    /// @param terminal whether a person reads standard output: the log, access lines too, is then text where neither a
    ///     format nor a file is configured
    public record Demo(URI baseUri, List<String> models, Secret masterKey, boolean terminal) {
        public Demo {
            models = List.copyOf(models);
        }
    }
}
