package io.deltallm.policy.store.jdbc;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Makes files and directories that only their owner can read. What exists is left as it is: somebody chose it.
final class OwnerOnly {
    private OwnerOnly() {}

    /// An empty file, and the directories it needs, with the permissions in place from the first moment. SQLite gives its
    /// side files (`-wal`, `-shm`) the permissions of the main file.
    static void createFile(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory, permissions(directory, "rwx------"));
        }
        if (Files.notExists(file)) {
            try {
                Files.createFile(file, permissions(file, "rw-------"));
            } catch (FileAlreadyExistsException e) {
                // Another process was faster, and did the same.
                assert Files.exists(file) : e;
            }
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
