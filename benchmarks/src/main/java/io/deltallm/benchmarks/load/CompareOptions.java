package io.deltallm.benchmarks.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The command line of [LoadComparison], as `usage` says it.
final class CompareOptions {
    static final String USAGE = """
            usage: benchmarks/compare.sh [options]
              --scenario NAME[,NAME]   which (default: all): 1k 100k one one-sse rate sse sse-32 sse-500 sse-burst
              --only PEER[,PEER]       which of direct,nginx,haproxy,deltallm (default: all)
              --rounds N               trials of each peer in each scenario, in turn (default 3)
              --duration SECONDS       of each trial (default 6)
              --settle SECONDS         load before each trial that is not measured (default 1)
              --warmup SECONDS         load before the first trial of a scenario, for the gateway (default 20);
                                       the other peers get a tenth of it
              --gateway-cmd COMMAND    the launcher, without its subcommand (default: scripts/deltallm)
              --gateway-config FILE    instead of the generated one; {PORT}, {UPSTREAM} and {DIR} are replaced
              --gateway-key KEY        instead of one made by `key create`
              --access-log             the gateway writes its access log
              --peer-core N            where the peers are pinned (default 0; the load is pinned by compare.sh)
              --out FILE               writes the tables there as well; between the lines <!-- results --> and
                                       <!-- /results --> when the file has them
            """;

    private List<Scenario> scenarios = Scenario.all();
    private List<String> peers = List.of(Peer.DIRECT, Peer.NGINX, Peer.HAPROXY, Peer.GATEWAY);
    private int rounds = 3;
    private Duration duration = Duration.ofSeconds(6);
    private Duration settle = Duration.ofSeconds(1);
    private Duration warmup = Duration.ofSeconds(20);
    private List<String> gatewayCommand = List.of("scripts/deltallm");
    private @Nullable Path gatewayConfig;
    private @Nullable String gatewayKey;
    private boolean accessLog;
    private int peerCore;
    private @Nullable Path out;

    static CompareOptions parse(String[] arguments) {
        CompareOptions options = new CompareOptions();
        List<String> left = new ArrayList<>(List.of(arguments));
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            if (name.equals("--access-log")) {
                options.accessLog = true;
            } else if (left.isEmpty()) {
                throw new IllegalArgumentException(name + " is no option or has no value\n" + USAGE);
            } else {
                options.set(name, left.removeFirst());
            }
        }
        return options;
    }

    private void set(String name, String value) {
        switch (name) {
            case "--scenario" -> scenarios = list(value).stream().flatMap(s -> Scenario.named(s).stream()).toList();
            case "--only" -> peers = list(value);
            case "--rounds" -> rounds = Integer.parseInt(value);
            case "--duration" -> duration = seconds(value);
            case "--settle" -> settle = seconds(value);
            case "--warmup" -> warmup = seconds(value);
            case "--gateway-cmd" -> gatewayCommand = List.of(value.strip().split("\\s+"));
            case "--gateway-config" -> gatewayConfig = Path.of(value);
            case "--gateway-key" -> gatewayKey = value;
            case "--peer-core" -> peerCore = Integer.parseInt(value);
            case "--out" -> out = Path.of(value);
            default -> throw new IllegalArgumentException("unknown option " + name + "\n" + USAGE);
        }
    }

    List<Scenario> scenarios() {
        return scenarios;
    }

    List<String> peers() {
        return peers;
    }

    int rounds() {
        return rounds;
    }

    Duration duration() {
        return duration;
    }

    Duration settle() {
        return settle;
    }

    Duration warmup() {
        return warmup;
    }

    List<String> gatewayCommand() {
        return gatewayCommand;
    }

    @Nullable Path gatewayConfig() {
        return gatewayConfig;
    }

    @Nullable String gatewayKey() {
        return gatewayKey;
    }

    boolean accessLog() {
        return accessLog;
    }

    int peerCore() {
        return peerCore;
    }

    @Nullable Path out() {
        return out;
    }

    private static List<String> list(String value) {
        return List.of(value.split(","));
    }

    private static Duration seconds(String value) {
        return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
    }
}
