package io.deltallm.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What the threads of a process and its children have used so far, from `/proc`, in nanoseconds as the scheduler
/// counts them. Threads are kept apart, since one that ends takes its count with it: the difference of two sums would
/// lose what it used before.
record ProcessCost(Map<Long, ThreadCost> threads) {
    /// @param cpuNanos time on a core
    /// @param waitNanos time ready to run while the core was taken by others
    private record ThreadCost(long cpuNanos, long waitNanos) {
        static final ThreadCost NONE = new ThreadCost(0, 0);

        /// The file holds: nanoseconds on a core, nanoseconds waiting for one, time slices.
        static ThreadCost parse(String schedstat) {
            String[] fields = schedstat.strip().split(" ");
            return new ThreadCost(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
        }
    }

    ProcessCost {
        threads = Map.copyOf(threads);
    }

    /// Of the process and its children.
    static ProcessCost of(ProcessHandle process) {
        return new ProcessCost(read(pids(process)));
    }

    /// Of the process without its children.
    static ProcessCost ofAlone(ProcessHandle process) {
        return new ProcessCost(read(LongStream.of(process.pid())));
    }

    /// CPU used between `earlier` and this, by the threads that are still there.
    long cpuNanosSince(ProcessCost earlier) {
        return since(earlier, ThreadCost::cpuNanos);
    }

    /// Time between `earlier` and this in which a thread was ready to run and the core was taken.
    long waitNanosSince(ProcessCost earlier) {
        return since(earlier, ThreadCost::waitNanos);
    }

    /// Resident memory of the process and its children, in bytes.
    static long residentBytes(ProcessHandle process) {
        return pids(process).map(pid -> residentKilobytes(pid)).sum() * 1024;
    }

    private long since(ProcessCost earlier, ToLongFunction<ThreadCost> part) {
        return threads.entrySet().stream()
                .mapToLong(thread -> part.applyAsLong(thread.getValue())
                        - part.applyAsLong(earlier.threads.getOrDefault(thread.getKey(), ThreadCost.NONE)))
                .sum();
    }

    private static LongStream pids(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).mapToLong(ProcessHandle::pid);
    }

    private static Map<Long, ThreadCost> read(LongStream pids) {
        Map<Long, ThreadCost> costs = new HashMap<>();
        pids.forEach(pid -> readThreads(pid, costs));
        return costs;
    }

    private static void readThreads(long pid, Map<Long, ThreadCost> costs) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads.toList()) {
                String schedstat = read(thread.resolve("schedstat"));
                if (!schedstat.isEmpty()) {
                    costs.put(Long.valueOf(thread.getFileName().toString()), ThreadCost.parse(schedstat));
                }
            }
        } catch (IOException gone) {
            throw new UncheckedIOException("process " + pid + " ended while it was measured", gone);
        }
    }

    private static long residentKilobytes(long pid) {
        return read(Path.of("/proc/" + pid + "/status")).lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /// Empty when the thread has just ended: it is gone before the file is opened, or between that and the read.
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
