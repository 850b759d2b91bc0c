package io.deltallm.policy.config;

import io.deltallm.codec.provider.Signer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Prints what is in force as YAML: every setting with its source, secrets masked.
public final class ConfigPrinter {
    private final StringBuilder out = new StringBuilder();

    private ConfigPrinter() {}

    public static String print(GatewayConfig config) {
        ConfigPrinter printer = new ConfigPrinter();
        printer.settings(config.values());
        printer.aliases(config);
        printer.models(config);
        return printer.out.toString();
    }

    /// Rows of one section stand together, whatever their order in the table.
    private void settings(SettingValues values) {
        List<Setting> rows = new ArrayList<>(List.of(Setting.values()));
        List<String> open = List.of();
        while (!rows.isEmpty()) {
            List<String> section = section(rows.getFirst().path());
            String top = section.getFirst();
            for (Setting row : rows.stream().filter(row -> section(row.path()).getFirst().equals(top)).toList()) {
                open = header(open, section(row.path()));
                setting(row, values, open.size());
                rows.remove(row);
            }
        }
    }

    private static List<String> section(String path) {
        List<String> names = List.of(path.split("\\."));
        return names.subList(0, names.size() - 1);
    }

    private List<String> header(List<String> open, List<String> wanted) {
        int common = 0;
        while (common < Math.min(open.size(), wanted.size()) && open.get(common).equals(wanted.get(common))) {
            common++;
        }
        for (int depth = common; depth < wanted.size(); depth++) {
            line(depth, wanted.get(depth) + ":");
        }
        return wanted;
    }

    private void setting(Setting row, SettingValues values, int depth) {
        Object value = values.value(row);
        String text = value == null ? "null" : row.form().print(value);
        boolean quoted = value != null && (row.form() instanceof Form.Text || row.form() instanceof Form.Masked
                || row.form() instanceof Form.Words || row == Setting.TLS_MIN_VERSION);
        String name = row.path().substring(row.path().lastIndexOf('.') + 1);
        line(depth, name + ": " + (quoted ? JsonText.quote(text) : text) + "  # " + values.source(row));
    }

    private void aliases(GatewayConfig config) {
        if (config.aliases().isEmpty()) {
            return;
        }
        line(0, "router_settings:");
        line(1, "model_group_alias:");
        config.aliases().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(alias -> line(
                2,
                JsonText.quote(alias.getKey()) + ": ["
                        + String.join(", ", alias.getValue().stream().map(JsonText::quote).toList()) + "]"));
    }

    private void models(GatewayConfig config) {
        line(0, config.models().isEmpty() ? "model_list: []" : "model_list:");
        config.models().forEach(this::model);
        for (DisabledModel model : config.disabledModels()) {
            line(1, "# " + model.path() + " \"" + model.name() + "\" is disabled: " + model.reason());
        }
    }

    private void model(ModelSettings model) {
        line(1, "- model_name: " + JsonText.quote(model.name()));
        line(2, "litellm_params:");
        line(3, "model: " + JsonText.quote(model.provider().name() + "/" + model.upstreamModel()));
        line(3, "api_base: " + JsonText.quote(model.provider().baseUri().toString()));
        if (!(model.provider().signer() instanceof Signer.None)) {
            line(3, "api_key: \"***\"");
        }
        line(3, "weight: " + model.weight());
        line(3, "timeout: " + DurationText.print(model.clocks().total()));
        line(3, "ttft_timeout: " + DurationText.print(model.clocks().firstByte()));
        line(3, "stream_idle_timeout: " + DurationText.print(model.clocks().silence()));
        if (!model.provider().headers().isEmpty()) {
            line(3, "extra_headers:");
            // Not their values: a header is as good a place for a credential as any.
            model.provider().headers().keySet().stream().sorted().forEach(name -> line(4, name + ": \"***\""));
        }
        if (!model.defaults().isEmpty()) {
            line(3, "extra_body:");
            model.defaults().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> line(4, field.getKey() + ": " + field.getValue()));
        }
    }

    private void line(int depth, String text) {
        out.repeat("  ", depth).append(text).append('\n');
    }
}
