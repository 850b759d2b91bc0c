package io.deltallm.policy.config;

import io.deltallm.codec.provider.ProviderTable;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.spend.PriceBook;
import java.util.List;
import java.util.Map;

/// Reads a configuration in any mixture of the dialects, and reports everything that is wrong with it at once. Given a
/// [ConfigInput] it is a pure function. Thread-safe.
public final class ConfigReader {
    private final ProviderTable providers = ProviderTable.load();
    private final PriceBook prices = PriceBook.load();

    /// Finds the file and reads it. Blocks on files.
    public ConfigResult read(ConfigSource source, Overrides overrides) {
        Problems problems = new Problems();
        return read(source.read(overrides, problems), problems);
    }

    public ConfigResult read(ConfigInput input) {
        return read(input, new Problems());
    }

    private ModelReader models(Mapping root, ConfigInput input, SettingValues values, Problems problems) {
        Interpolation interpolation = new Interpolation(input.environment());
        FactsReader facts = new FactsReader(providers, prices, PriceReader.flat(root, interpolation, problems));
        ProviderChoice choice = new ProviderChoice(providers, interpolation);
        return new ModelReader(choice, facts, interpolation, ModelReader.General.of(values), problems);
    }

    private ConfigResult read(ConfigInput input, Problems problems) {
        Mapping root = YamlFile.read(input.text(), problems);
        KnownKeys.check(root, problems);
        SettingValues values = new SettingReader(root, input.environment(), problems).read(input.overrides());
        ModelReader models = models(root, input, values, problems);
        models.read(root);
        models.demo(input.overrides().demo());
        Map<String, List<String>> aliases = AliasReader.read(root, models, problems);
        SettingChecks.check(values, input.overrides(), problems);
        GatewayConfig config = problems.hasErrors()
                ? null
                : GatewayConfig.of(values, models.usable(), models.disabled(), aliases);
        return new ConfigResult(config, problems.all());
    }
}
