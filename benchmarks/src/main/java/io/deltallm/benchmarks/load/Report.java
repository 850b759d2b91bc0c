package io.deltallm.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Turns trials into Markdown: one table a scenario, a row of absolutes and a row of ratios to HAProxy for each peer.
/// Every figure is the median over the rounds. Used by the main thread.
final class Report {
    private static final String BEGIN = "<!-- results -->";
    private static final String END = "<!-- /results -->";

    private final CompareOptions options;
    private final List<Peer> peers;
    private final StringBuilder text = new StringBuilder();

    Report(List<Peer> peers, CompareOptions options) {
        this.peers = List.copyOf(peers);
        this.options = options;
        writeMachine();
    }

    /// One line about one trial, for those who watch.
    static String line(Scenario scenario, int round, Trial trial) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-9s #%d %-8s", scenario.name(), round + 1, trial.peer()));
        columns(scenario).forEach(column -> line.append("  ").append(column.heading()).append(' ').append(column.format(column.of(trial, null))));
        Optional.ofNullable(trial.problem()).ifPresent(problem -> line.append("  PROBLEM: ").append(problem));
        return line.toString();
    }

    void add(Scenario scenario, List<List<Trial>> rounds) {
        List<Column> columns = columns(scenario);
        text.append("\n### ").append(scenario.name()).append(": ").append(scenario.title()).append("\n\n");
        row("peer", columns.stream().map(Column::heading).toList());
        row("---", columns.stream().map(_ -> "---:").toList());
        for (Peer peer : peers) {
            row(peer.name(), columns.stream().map(column -> column.format(absolute(column, peer, rounds))).toList());
            row("&nbsp;÷ HAProxy", columns.stream().map(column -> ratio(column, peer, rounds)).toList(), peer);
        }
        writeProblems(rounds);
    }

    void publish() throws IOException {
        System.out.println(text);
        Path out = options.out();
        if (out != null) {
            Files.writeString(out, Files.exists(out) ? within(Files.readString(out)) : text.toString());
        }
    }

    private static List<Column> columns(Scenario scenario) {
        if (scenario.alone()) {
            return scenario.streamed()
                    ? List.of(Column.TTFB_P50, Column.ADDED_TTFB, Column.TTFB_P99, Column.P50, Column.ADDED_P50, Column.CPU_PER_REQUEST, Column.WAITED)
                    : List.of(Column.P50, Column.ADDED_P50, Column.P99, Column.MAX, Column.CPU_PER_REQUEST, Column.WAITED);
        }
        return scenario.streamed()
                ? List.of(Column.EVENTS_PER_SECOND, Column.CPU_PER_EVENT, Column.TTFB_P50, Column.TTFB_P99,
                        Column.LAG_P50, Column.LAG_P99, Column.LOAD_CORE, Column.WAITED, Column.RESIDENT)
                : List.of(Column.REQUESTS_PER_SECOND, Column.CPU_PER_REQUEST, Column.P50, Column.P99, Column.MAX,
                        Column.LOAD_CORE, Column.WAITED, Column.RESIDENT);
    }

    private static double absolute(Column column, Peer peer, List<List<Trial>> rounds) {
        return median(rounds, trials -> value(column, peer.name(), trials));
    }

    private static String ratio(Column column, Peer peer, List<List<Trial>> rounds) {
        double ratio = median(rounds, trials -> value(column, peer.name(), trials) / value(column, Peer.HAPROXY, trials));
        return !column.comparable() || !Double.isFinite(ratio) ? "" : String.format(Locale.ROOT, "%.2f×", ratio);
    }

    private static double value(Column column, String peer, List<Trial> trials) {
        Trial direct = trial(Peer.DIRECT, trials).orElse(null);
        return trial(peer, trials).map(trial -> column.of(trial, direct)).orElse(Double.NaN);
    }

    private static Optional<Trial> trial(String peer, List<Trial> trials) {
        return trials.stream().filter(trial -> trial.peer().equals(peer)).findFirst();
    }

    private static double median(List<List<Trial>> rounds, ToDoubleFunction<List<Trial>> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private void row(String name, List<String> cells, Peer peer) {
        if (!peer.name().equals(Peer.HAPROXY) && cells.stream().anyMatch(cell -> !cell.isEmpty())) {
            row(name, cells);
        }
    }

    private void row(String first, List<String> cells) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(cells);
        text.append("| ").append(String.join(" | ", all)).append(" |\n");
    }

    private void writeProblems(List<List<Trial>> rounds) {
        rounds.stream().flatMap(List::stream).forEach(trial -> Optional.ofNullable(trial.problem())
                .ifPresent(problem -> text.append("\n**").append(trial.peer()).append("**: ").append(problem).append('\n')));
    }

    private void writeMachine() {
        text.append("Machine: ").append(Machine.description()).append(". ")
                .append(options.rounds()).append(" rounds of ").append(options.duration().toSeconds())
                .append(" s a trial; medians.\n\n");
        row("peer", List.of("version", "start to first 200, ms", "RSS idle MB"));
        row("---", List.of("---", "---:", "---:"));
        peers.stream().filter(peer -> peer.process() != null).forEach(peer -> row(peer.name(), List.of(
                Machine.version(peer),
                Long.toString(peer.startup().toMillis()),
                String.format(Locale.ROOT, "%.1f", peer.idleBytes() / 1e6))));
    }

    private String within(String file) {
        int begin = file.indexOf(BEGIN);
        int end = file.indexOf(END);
        return begin < 0 || end < begin ? text.toString()
                : file.substring(0, begin + BEGIN.length()) + "\n" + text + file.substring(end);
    }
}
