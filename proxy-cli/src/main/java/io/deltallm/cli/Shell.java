package io.deltallm.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/// What a command sees of the world around it, so that tests can run one inside their own process.
///
/// @param out what was asked for
/// @param err what went wrong
/// @param environment the process's variables
/// @param directory where relative paths begin
/// @param terminal whether a person reads `out`
/// @param signals what the operating system asks of a running server
/// @param gateways what `server` starts
record Shell(
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        Path directory,
        boolean terminal,
        Signals signals,
        GatewayStarter gateways) {

    Shell {
        environment = Map.copyOf(environment);
    }
}
