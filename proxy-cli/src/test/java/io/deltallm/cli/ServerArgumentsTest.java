package io.deltallm.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class ServerArgumentsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {
        "server",
        "server --demo",
        "server --demo --host=127.0.0.1 --port=0",
        "server -c config.yaml -H ::1 -p 8080 --insecure-no-auth",
        "server --config etc/a=b.yaml --host 0.0.0.0 --port 08080",
        "server --rehearse --demo --config=x"
    })
    void readsAPlainLineAsPicocliDoes(String line) {
        String[] words = line.split(" ", -1);

        assertThat(ServerArguments.plain(words)).isNotNull().isEqualTo(byPicocli(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "version",
        "server --help",
        "server --port",
        "server --port=",
        "server --port high",
        "server --port -1",
        "server --port 999999",
        "server -p8080",
        "server --demo=false",
        "server --demo --demo",
        "server --port 1 -p 2",
        "server --host --demo",
        "server --config \"quoted.yaml\"",
        "server @arguments",
        "server --config @arguments",
        "server extra"
    })
    void leavesEverythingElseToPicocli(String line) {
        assertThat(ServerArguments.plain(line.split(" ", -1))).isNull();
    }

    private ServerArguments byPicocli(String... words) {
        CommandLine tree = Commands.tree(new Run(directory).shell());
        CommandLine.ParseResult server = tree.parseArgs(words).subcommand();
        return ((ServerCommand) server.commandSpec().userObject()).arguments();
    }
}
