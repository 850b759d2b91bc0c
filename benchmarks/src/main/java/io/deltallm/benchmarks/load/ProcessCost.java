package io.deltallm.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What a process and its children have used so far, from `/proc`: CPU nanoseconds of each thread as the scheduler
/// counts them. Threads are kept apart, since one that ends takes its count with it: the difference of two sums would
/// lose what it used before.
record ProcessCost(Map<Long, Long> cpuNanosByThread) {
    ProcessCost {
        cpuNanosByThread = Map.copyOf(cpuNanosByThread);
    }

    static ProcessCost of(ProcessHandle process) {
        Map<Long, Long> nanos = new HashMap<>();
        pids(process).forEach(pid -> readThreads(pid, nanos));
        return new ProcessCost(nanos);
    }

    /// Without its children.
    static ProcessCost ofAlone(ProcessHandle process) {
        Map<Long, Long> nanos = new HashMap<>();
        readThreads(process.pid(), nanos);
        return new ProcessCost(nanos);
    }

    /// CPU used between `earlier` and this, by the threads that are still there.
    long nanosSince(ProcessCost earlier) {
        return cpuNanosByThread.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - earlier.cpuNanosByThread.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    /// Resident memory of the process and its children, in bytes.
    static long residentBytes(ProcessHandle process) {
        return pids(process).map(pid -> residentKilobytes(pid)).sum() * 1024;
    }

    private static LongStream pids(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).mapToLong(ProcessHandle::pid);
    }

    private static void readThreads(long pid, Map<Long, Long> nanos) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                String schedstat = read(thread.resolve("schedstat"));
                if (!schedstat.isEmpty()) {
                    nanos.put(Long.valueOf(thread.getFileName().toString()),
                            Long.valueOf(schedstat.substring(0, schedstat.indexOf(' '))));
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

    /// Empty when the thread or process has just ended.
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException e) {
            // A thread that ends between open and read answers ESRCH.
            return "";
        }
    }
}
