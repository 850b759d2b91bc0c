package io.deltallm.benchmarks.load;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the peers in turn under the same load and prints what each costs, as Markdown. Started by
/// `benchmarks/compare.sh`, which pins it to a core that the peers do not use.
///
/// Peers stay up for the whole run and are measured round robin, so that what the machine does besides falls on all
/// of them; each ratio is taken within a round and the median of the rounds is reported.
public final class LoadComparison {
    /// A JVM's compiler takes what it has not seen for impossible: the first connections that close make it begin anew.
    private static final int WARM_UP_BURSTS = 6;

    private final CompareOptions options;
    private final EventLoop loop;
    private final SharedReadBuffer readBuffer = new SharedReadBuffer(PooledByteBufAllocator.DEFAULT);
    private final PreparedUpstream upstream;
    private final List<Peer> peers = new ArrayList<>();

    private LoadComparison(CompareOptions options, EventLoop loop) {
        this.options = options;
        this.loop = loop;
        upstream = new PreparedUpstream(loop, readBuffer);
    }

    /// Prints the tables on standard output and progress on standard error.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CompareOptions options;
        try {
            options = CompareOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            new LoadComparison(options, group.next()).run();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private void run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("deltallm-compare");
        try {
            startPeers(directory);
            Report report = new Report(peers, options);
            for (Scenario scenario : options.scenarios()) {
                report.add(scenario, measure(scenario));
            }
            report.publish();
        } finally {
            peers.forEach(Peer::close);
            delete(directory);
        }
    }

    private void startPeers(Path directory) throws IOException, InterruptedException {
        PeerStarter starter = new PeerStarter(options, directory, loop, readBuffer, upstream.port());
        for (String name : options.peers()) {
            Peer peer = starter.start(name);
            if (peer != null) {
                peers.add(peer);
            }
        }
    }

    /// The rounds of one scenario, each with one trial of each peer.
    private List<List<Trial>> measure(Scenario scenario) throws InterruptedException {
        upstream.follow(scenario.script());
        for (Peer peer : peers) {
            Duration warmup = peer.name().equals(Peer.GATEWAY) ? options.warmup() : options.warmup().dividedBy(10);
            for (int burst = 0; burst < WARM_UP_BURSTS; burst++) {
                trial(scenario, peer, Duration.ZERO, warmup.dividedBy(WARM_UP_BURSTS));
            }
        }
        List<List<Trial>> rounds = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            List<Trial> trials = new ArrayList<>();
            for (Peer peer : peers) {
                Trial trial = trial(scenario, peer, options.settle(), options.duration());
                System.err.println(Report.line(scenario, round, trial));
                trials.add(trial);
            }
            rounds.add(trials);
        }
        return rounds;
    }

    private Trial trial(Scenario scenario, Peer peer, Duration settle, Duration duration) throws InterruptedException {
        LoadClient client = new LoadClient(loop, readBuffer, scenario, peer.port(), peer.key());
        client.start();
        try {
            Thread.sleep(settle);
            return span(client, peer, duration);
        } finally {
            client.stop();
        }
    }

    private static Trial span(LoadClient client, Peer peer, Duration duration) throws InterruptedException {
        ProcessHandle self = ProcessHandle.current();
        // The direct peer has no process; the load's own stands in and the figure is not shown.
        Process process = peer.process();
        ProcessHandle measured = process == null ? self : process.toHandle();
        client.beginSpan();
        long started = System.nanoTime();
        ProcessCost peerBefore = ProcessCost.of(measured);
        ProcessCost loadBefore = ProcessCost.ofAlone(self);
        Thread.sleep(duration);
        Recorder seen = client.beginSpan();
        double seconds = (System.nanoTime() - started) / 1e9;
        ProcessCost peerAfter = ProcessCost.of(measured);
        ProcessCost loadAfter = ProcessCost.ofAlone(self);
        return new Trial(peer.name(), process != null, seconds, seen, peerAfter.cpuNanosSince(peerBefore),
                peerAfter.waitNanosSince(peerBefore), loadAfter.cpuNanosSince(loadBefore),
                ProcessCost.residentBytes(measured));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
