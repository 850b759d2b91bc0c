package io.deltallm.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Says where figures were taken, for the report's first lines.
final class Machine {
    private Machine() {
    }

    static String description() {
        return cpu() + ", Linux " + System.getProperty("os.version")
                + ", " + processors() + " cores";
    }

    /// The first line in which the program names itself.
    static String version(Peer peer) {
        return switch (peer.name()) {
            case Peer.NGINX -> firstLine("nginx", "-v");
            case Peer.HAPROXY -> firstLine("haproxy", "-v");
            default -> "";
        };
    }

    private static String cpu() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown CPU");
        } catch (IOException e) {
            return "unknown CPU";
        }
    }

    /// Of the machine, not of this pinned process.
    private static long processors() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("processor")).count();
        } catch (IOException e) {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    private static String firstLine(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.lines().findFirst().orElse("").replaceAll("(nginx version: | - https?:.*$)", "").strip();
        } catch (IOException e) {
            return "";
        }
    }
}
