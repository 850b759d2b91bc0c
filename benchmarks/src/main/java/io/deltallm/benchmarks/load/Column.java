package io.deltallm.benchmarks.load;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a table shows of a [Trial]: its heading, how many decimals are worth printing, and how to read it. A value is
/// NaN where it means nothing; "added" ones are over the direct trial of the same round.
@SuppressWarnings("ImmutableEnumChecker") // the readings capture nothing
enum Column {
    REQUESTS_PER_SECOND("req/s", 0, (trial, _) -> trial.seen().requests() / trial.seconds()),
    EVENTS_PER_SECOND("events/s", 0, (trial, _) -> trial.seen().events() / trial.seconds()),
    CPU_PER_REQUEST("CPU µs/req", 2, (trial, _) -> micros(trial.cpuNanos()) / trial.seen().requests()),
    CPU_PER_EVENT("CPU µs/event", 2, (trial, _) -> micros(trial.cpuNanos()) / trial.seen().events()),
    P50("p50 µs", 1, (trial, _) -> quantile(trial.seen().latency, 0.50)),
    P99("p99 µs", 1, (trial, _) -> quantile(trial.seen().latency, 0.99)),
    MAX("max µs", 0, (trial, _) -> micros(trial.seen().latency.maxNanos())),
    ADDED_P50("added p50 µs", 1, (trial, direct) -> added(P50, trial, direct)),
    TTFB_P50("TTFB p50 µs", 1, (trial, _) -> quantile(trial.seen().firstByte, 0.50)),
    TTFB_P99("TTFB p99 µs", 1, (trial, _) -> quantile(trial.seen().firstByte, 0.99)),
    ADDED_TTFB("added TTFB p50 µs", 1, (trial, direct) -> added(TTFB_P50, trial, direct)),
    LAG_P50("event lag p50 µs", 1, (trial, _) -> quantile(trial.seen().lag, 0.50)),
    LAG_P99("event lag p99 µs", 1, (trial, _) -> quantile(trial.seen().lag, 0.99)),
    LOAD_CORE("load core %", 0, (trial, _) -> trial.loadCpuNanos() / trial.seconds() / 1e7),
    /// Time the peer waited for its core, in percent of the span: more than a few say that the machine is not quiet.
    WAITED("waited %", 1, (trial, _) -> trial.waitNanos() / trial.seconds() / 1e7),
    RESIDENT("RSS MB", 1, (trial, _) -> trial.residentBytes() / 1e6);

    private static final Set<Column> PROCESS = EnumSet.of(CPU_PER_REQUEST, CPU_PER_EVENT, WAITED, RESIDENT);
    private static final Set<Column> NO_RATIO = EnumSet.of(LOAD_CORE, WAITED);

    private interface Reading {
        double of(Trial trial, @Nullable Trial direct);
    }

    private final String heading;
    private final int decimals;
    private final Reading reading;

    Column(String heading, int decimals, Reading reading) {
        this.heading = heading;
        this.decimals = decimals;
        this.reading = reading;
    }

    double of(Trial trial, @Nullable Trial direct) {
        boolean needsProcess = PROCESS.contains(this);
        return needsProcess && !trial.hasProcess() ? Double.NaN : reading.of(trial, direct);
    }

    /// True when a ratio of two of these says something about the peers.
    boolean comparable() {
        return !NO_RATIO.contains(this);
    }

    String heading() {
        return heading;
    }

    String format(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "–";
    }

    private static double added(Column column, Trial trial, @Nullable Trial direct) {
        return direct == null || trial == direct ? Double.NaN : column.of(trial, null) - column.of(direct, null);
    }

    private static double quantile(Histogram histogram, double fraction) {
        return histogram.count() == 0 ? Double.NaN : micros(histogram.quantileNanos(fraction));
    }

    private static double micros(long nanos) {
        return nanos / 1e3;
    }
}
