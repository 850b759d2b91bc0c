package io.deltallm.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/// Runs the launcher among directories that look like JDKs, whose `java` prints its arguments.
@Timeout(60)
class LauncherTest {
    @TempDir
    private Path root;

    private final Map<String, String> environment = new HashMap<>();
    private Path launcher = Path.of("");

    private record Said(int code, String out, String err) {}

    /// A distribution below a path with a space in it, and a PATH without any Java.
    @BeforeEach
    void unpack() throws IOException {
        String script = System.getProperty("deltallm.launcher", "");
        assumeThat(Path.of(script)).isRegularFile();
        Path dist = Files.createDirectories(root.resolve("my tools/deltallm-1"));
        launcher = Files.createDirectories(dist.resolve("bin")).resolve("deltallm");
        Files.copy(Path.of(script), launcher);
        Files.createFile(Files.createDirectories(dist.resolve("lib")).resolve("proxy-cli-1.jar"));
        Files.writeString(Files.createDirectories(dist.resolve("conf")).resolve("jvm.options"), "# why\n\n-Xmx64m\n-Da=b");
        Path tools = Files.createDirectories(root.resolve("tools"));
        for (String tool : List.of("bash", "dirname", "readlink", "env")) {
            Files.createSymbolicLink(tools.resolve(tool), found(tool));
        }
        environment.putAll(Map.of("PATH", tools.toString(), "HOME", root.resolve("home").toString(),
                "DELTALLM_JDK_ROOT", root.resolve("machine").toString()));
    }

    @Test
    void saysWhatIsMissingWhenThereIsNoJdk() throws Exception {
        Said said = launch(launcher);

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("no JDK 25 was found", "JAVA_HOME", "/usr/lib/jvm", "DELTALLM_JAVA_HOME=");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void usesJavaHomeFromAPathWithSpaces() throws Exception {
        environment.put("JAVA_HOME", jdk("some where/jdk 25", "25.0.3").toString());

        Said said = launch(launcher, "key", "create", "--alias", "two words");

        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines()).contains("<-Xmx64m>", "<-Da=b>", "<-jar>", "<key>", "<create>", "<two words>")
                .doesNotContain("<# why>");
    }

    @Test
    void passesOverAnOlderJavaHome() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        Path good = jdk("machine/usr/lib/jvm/temurin-25", "25");

        Said said = launch(launcher);

        assertThat(said.out()).startsWith("<" + good + "/bin/java>");
    }

    @Test
    void listsWhatDoesNotFit() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());

        assertThat(launch(launcher).err()).contains(root.resolve("old") + " is Java 17");
    }

    @Test
    void looksInTheUsualPlaces() throws Exception {
        Path sdkman = jdk("home/.sdkman/candidates/java/25.0.3-tem", "25.0.3");
        assertThat(launch(launcher).out()).contains(sdkman.toString());

        Path mac = jdk("machine/Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home", "25.0.3");
        environment.put("HOME", root.resolve("nobody").toString());
        assertThat(launch(launcher).out()).contains(mac.toString());
    }

    @Test
    void followsTheLinksOfJavaOnThePath() throws Exception {
        Path jdk = jdk("apart/jdk", "25.0.1");
        Files.createSymbolicLink(root.resolve("tools/java"), jdk.resolve("bin/java"));

        assertThat(launch(launcher).out()).startsWith("<" + jdk + "/bin/java>");
    }

    @Test
    void takesNothingElseThanTheJdkItWasTold() throws Exception {
        environment.put("JAVA_HOME", jdk("good", "25").toString());
        environment.put("DELTALLM_JAVA_HOME", jdk("old", "21").toString());

        Said said = launch(launcher);

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("DELTALLM_JAVA_HOME=", "is Java 21");
    }

    @Test
    void findsItselfThroughSymbolicLinks() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        Path first = Files.createSymbolicLink(root.resolve("first"), launcher);
        Path second = Files.createSymbolicLink(Files.createDirectories(root.resolve("bin")).resolve("deltallm"),
                Path.of("../" + first.getFileName()));

        assertThat(launch(second).out()).contains("my tools/deltallm-1/lib/proxy-cli-1.jar");
    }

    @Test
    void appendsTheFlagsOfTheEnvironmentAndPassesTheExitCodeOn() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        environment.putAll(Map.of("DELTALLM_JAVA_OPTS", "-Xmx1g -Dc=d", "EXIT_WITH", "7"));

        Said said = launch(launcher, "version");

        assertThat(said.code()).isEqualTo(7);
        assertThat(said.out().lines()).containsSubsequence("<-Xmx64m>", "<-Xmx1g>", "<-Dc=d>", "<-jar>", "<version>");
    }

    @Test
    void usesTheAotCacheWhereThereIsOne() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        assertThat(launch(launcher).out()).doesNotContain("AOTCache");

        Path cache = Files.createFile(launcher.resolve("../../lib/deltallm.aot").normalize());
        assertThat(launch(launcher).out()).contains("<-XX:AOTCache=" + cache.toRealPath() + ">");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void loadsNativeLibrariesFromTheDistribution() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        assertThat(launch(launcher).out()).doesNotContain("-Djava.library.path", "-Dorg.sqlite.lib.path");

        Path libraries = Files.createDirectories(launcher.resolve("../../lib/native").normalize()).toRealPath();
        assertThat(launch(launcher).out())
                .contains("<-Djava.library.path=" + libraries + "/META-INF/native>")
                .containsPattern("<-Dorg.sqlite.lib.path=" + libraries + "/org/sqlite/native/Linux/(x86_64|aarch64)>");
    }

    private Path jdk(String place, String version) throws IOException {
        Path home = root.resolve(place);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/usr/bin/env bash\nprintf '<%s>\\n' \"$0\" \"$@\"\nexit ${EXIT_WITH:-0}\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private Said launch(Path script, String... args) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(found("bash").toString(), script.toString()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(root, "out", "");
        Path err = Files.createTempFile(root, "err", "");
        var builder = new ProcessBuilder(command).directory(root.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private static Path found(String tool) {
        for (String directory : List.of("/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
            Path path = Path.of(directory, tool);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        throw new AssertionError(tool + " is missing on this machine");
    }
}
