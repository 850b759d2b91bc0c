package io.deltallm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks at files once a second and tells when one was changed, replaced, added or removed. It polls because editors and
/// container platforms replace files and swap links in ways that operating systems report differently, and a look costs
/// microseconds. Owns one daemon thread.
final class ConfigWatcher implements AutoCloseable {
    private final List<Path> files;
    private final Duration pause;
    private final List<Look> atFirst;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// What tells one state of a file from another; the key is the inode, where there is one.
    private record Look(boolean exists, long modified, long size, String key) {}

    /// Takes the first look: what changes from now on is told, even if it changes before the start.
    ConfigWatcher(List<Path> files, Duration pause) {
        this.files = List.copyOf(files);
        this.pause = pause;
        this.atFirst = look();
    }

    /// @param changed called on the watcher's thread; must not throw
    ConfigWatcher start(Runnable changed) {
        Thread.ofPlatform().daemon().name("config-watcher").start(() -> watch(changed));
        return this;
    }

    /// A change counts when the files look the same twice: a file that is being written is not read halfway.
    private void watch(Runnable changed) {
        List<Look> known = atFirst;
        List<Look> before = atFirst;
        while (!waited()) {
            List<Look> now = look();
            if (now.equals(before) && !now.equals(known)) {
                known = now;
                changed.run();
            }
            before = now;
        }
    }

    private boolean waited() {
        try {
            return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private List<Look> look() {
        List<Look> looks = new ArrayList<>(files.size());
        for (Path file : files) {
            looks.add(look(file));
        }
        return looks;
    }

    private static Look look(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Look(true, attributes.lastModifiedTime().toMillis(), attributes.size(),
                    String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            return new Look(false, 0, 0, "");
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
