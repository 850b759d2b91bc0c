package io.deltallm.cli;

import io.deltallm.policy.config.GatewayConfig;
import io.deltallm.policy.limit.KeyLimits;
import io.deltallm.policy.store.IssuedKey;
import io.deltallm.policy.store.KeyFactory;
import io.deltallm.policy.store.KeyOwner;
import io.deltallm.policy.store.KeyRef;
import io.deltallm.policy.store.KeyTerms;
import io.deltallm.policy.store.jdbc.JdbcStores;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `deltallm key create`: the only command that ever prints a key.
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Create a key and print it, this once.",
        footer = {"%nExample:", "  deltallm key create --alias ci --models gpt-4o-mini,'claude-*' --rpm 60 --expires 30d"})
final class KeyCreateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final Configuration configuration = new Configuration();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--alias", description = "A name for people; no two keys share one.")
    private @Nullable String alias;

    @Option(names = "--models", split = ",", paramLabel = "NAME", description = "Models it may use, globs allowed. Default: all.")
    private List<String> models = List.of();

    @Option(names = "--rpm", paramLabel = "N", description = "Requests a minute; 0 for no limit. Default: as configured.")
    private @Nullable Long rpm;

    @Option(names = "--tpm", paramLabel = "N", description = "Tokens a minute; 0 for no limit. Default: as configured.")
    private @Nullable Long tpm;

    @Option(names = "--max-parallel", paramLabel = "N", description = "Requests at a time; 0 for no limit. Default: as configured.")
    private @Nullable Integer maxParallel;

    @Option(names = "--expires", paramLabel = "WHEN", description = "30d, 12h, 2027-01-31 or 2027-01-31T12:00:00Z. Default: never.")
    private @Nullable String expires;

    @Option(names = "--user", paramLabel = "ID", description = "Whose it is.")
    private @Nullable String user;

    @Option(names = "--team", paramLabel = "ID", description = "Whose it is.")
    private @Nullable String team;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    KeyCreateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Instant now = InstantSource.system().instant();
        KeyTerms terms = terms(now);
        GatewayConfig config = configuration.forStore(shell);
        var factory = new KeyFactory(config.keys().salt().reveal(), new SecureRandom(), InstantSource.system());
        IssuedKey issued = factory.issue(terms);
        try (JdbcStores stores = Configuration.open(shell, config.store())) {
            stores.migrations().migrate();
            if (alias != null && stores.keys().find(new KeyRef.ByAlias(alias)) != null) {
                throw new Refusal("alias \"" + alias + "\" is taken (expected: one that no key has)");
            }
            stores.keys().insert(issued.keyRecord());
        }
        print(issued, now);
        return ExitCode.OK;
    }

    private KeyTerms terms(Instant now) {
        try {
            return new KeyTerms(
                    alias,
                    new KeyOwner(user, team, null),
                    models,
                    new KeyLimits(rpm, tpm, maxParallel),
                    null,
                    expires == null ? null : Expiry.parse(expires, now),
                    "{}");
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void print(IssuedKey issued, Instant now) {
        if (json) {
            shell.out().println(KeyText.json(issued.keyRecord(), issued.key(), now));
            return;
        }
        KeyText.line(shell.out(), "key", issued.key() + "   (shown this once: keep it safe)");
        KeyText.details(shell.out(), issued.keyRecord());
    }
}
