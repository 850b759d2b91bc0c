package io.deltallm.policy.spend;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The names under which the book may have a model: as it is written first, then without what does not change its price.
final class BookNames {
    /// Whose names a provider's row goes by.
    private static final Map<String, String> SAME = Map.of(
            "text-completion-openai", "openai",
            "azure_text", "azure",
            "bedrock_converse", "bedrock",
            "vertex_ai_beta", "vertex_ai",
            "cohere_chat", "cohere",
            "codestral", "mistral");

    /// `us.`, `eu-west-1/`, `global/`: where a model runs.
    private static final Pattern REGION = Pattern.compile(
            "^(?:(?:us|eu|apac|jp|au|ca|sa|us-gov|global)\\.|(?:us|eu|global|global-standard|data-zone|[a-z]{2}(?:-gov)?-[a-z]+-\\d)/)");
    /// `-20250929`, `-2024-08-06`, `@20250929`, `-latest`, `@default`.
    private static final Pattern DATE = Pattern.compile("[-@](?:\\d{8}|\\d{4}-\\d{2}-\\d{2}|latest|default)$");
    /// Bedrock's `-v1:0`, `:0`, Google's `-001`.
    private static final Pattern VERSION = Pattern.compile("(?:-v\\d+)?:\\d+$|-00\\d$");
    private static final Pattern OWNER = Pattern.compile("^(?:anthropic|openai|google)[./]");

    private BookNames() {}

    /// Those whose prices may hold: the provider's own, else its model maker's, who usually asks the same.
    static List<String> providers(String provider, String model) {
        String own = SAME.getOrDefault(provider, provider);
        List<String> all = new ArrayList<>(List.of(own));
        String name = model.toLowerCase(Locale.ROOT);
        switch (own) {
            case "azure", "azure_ai", "bedrock", "bedrock_mantle", "vertex_ai" -> {
                if (name.contains("claude")) {
                    all.add("anthropic");
                } else if (own.startsWith("azure")) {
                    all.add("openai");
                } else if (own.equals("vertex_ai")) {
                    all.add("gemini");
                }
            }
            case "gemini" -> all.add("vertex_ai");
            default -> {}
        }
        return all;
    }

    static Set<String> models(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        Set<String> all = new LinkedHashSet<>();
        all.add(name);
        String local = REGION.matcher(name).replaceFirst("");
        all.add(local);
        String undated = DATE.matcher(local).replaceFirst("");
        all.add(undated);
        String plain = DATE.matcher(VERSION.matcher(local).replaceFirst("")).replaceFirst("");
        all.add(VERSION.matcher(local).replaceFirst(""));
        all.add(plain);
        all.add(OWNER.matcher(plain).replaceFirst(""));
        all.add(OWNER.matcher(local).replaceFirst(""));
        // Fireworks' long form is the one in the book.
        all.add("accounts/fireworks/models/" + plain);
        return all;
    }
}
