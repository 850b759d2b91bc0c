package io.deltallm.cli;

import io.deltallm.policy.config.StarterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `deltallm init`: a configuration that works and shows what one changes first.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Write a starter configuration with a fresh master key, readable by you only.",
        footer = {"%nExample:", "  deltallm init && deltallm config check && deltallm server"})
final class InitCommand implements Callable<Integer> {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Shell shell;

    @Parameters(arity = "0..1", paramLabel = "FILE", defaultValue = "config.yaml", description = "Default: ${DEFAULT-VALUE}.")
    private Path file = Path.of("config.yaml");

    @Option(names = "--force", description = "Overwrite the file.")
    private boolean force;

    InitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Path target = shell.directory().resolve(file);
        if (Files.exists(target) && !force) {
            throw new Refusal(file + " exists already (use --force to overwrite it)");
        }
        if (target.getParent() != null) {
            Files.createDirectories(target.getParent());
        }
        write(target, StarterConfig.text(new SecureRandom()));
        shell.out().println("Wrote " + file + ". Next: set OPENAI_API_KEY, or change model_list; then: deltallm server");
        return ExitCode.OK;
    }

    /// It holds a master key, so it is made for its owner only before anything is in it.
    private static void write(Path target, String text) throws IOException {
        Files.deleteIfExists(target);
        if (Files.getFileStore(target.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(target, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Files.writeString(target, text, StandardOpenOption.CREATE);
    }
}
