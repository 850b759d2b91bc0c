package io.deltallm.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyTerms;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes keys for people and for scripts: everything but the key itself, which only `key create` has, once.
final class KeyText {
    private static final JsonFactory JSON = new JsonFactory();

    private KeyText() {}

    /// One fact a line.
    static void details(PrintWriter out, KeyRecord key) {
        KeyTerms terms = key.terms();
        line(out, "id", key.id());
        line(out, "alias", orNone(terms.alias()));
        line(out, "models", models(terms.models()));
        line(out, "limits", limits(terms));
        line(out, "user", orNone(terms.owner().userId()));
        line(out, "team", orNone(terms.owner().teamId()));
        line(out, "expires", terms.expiresAt() == null ? "never" : terms.expiresAt().toString());
    }

    static void line(PrintWriter out, String name, String value) {
        out.printf("%-8s %s%n", name, value);
    }

    /// One key a line.
    static String row(KeyRecord key, Instant now) {
        KeyTerms terms = key.terms();
        return String.format("%-16s  %-10s  %-8s  %-20s  %-20s  %s", key.id(), key.displayName(), state(key, now),
                orNone(terms.alias()), terms.expiresAt() == null ? "never" : terms.expiresAt().toString(),
                models(terms.models()));
    }

    static String rowHead() {
        return String.format("%-16s  %-10s  %-8s  %-20s  %-20s  %s", "ID", "KEY", "STATE", "ALIAS", "EXPIRES", "MODELS");
    }

    static String state(KeyRecord key, Instant now) {
        Instant end = key.terms().expiresAt();
        if (key.blocked()) {
            return "blocked";
        }
        return end == null || end.isAfter(now) ? "valid" : "expired";
    }

    /// One JSON object on one line.
    ///
    /// @param secret the key itself, only when it was just made
    static String json(KeyRecord key, @Nullable String secret, Instant now) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, key, secret, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, KeyRecord key, @Nullable String secret, Instant now)
            throws IOException {
        KeyTerms terms = key.terms();
        json.writeStartObject();
        if (secret != null) {
            json.writeStringField("key", secret);
        }
        json.writeStringField("id", key.id());
        json.writeStringField("display_name", key.displayName());
        json.writeStringField("state", state(key, now));
        json.writeStringField("alias", terms.alias());
        json.writeArrayFieldStart("models");
        for (String model : terms.models()) {
            json.writeString(model);
        }
        json.writeEndArray();
        number(json, "rpm_limit", terms.limits().requestsPerMinute());
        number(json, "tpm_limit", terms.limits().tokensPerMinute());
        number(json, "max_parallel_requests", terms.limits().maxParallel());
        json.writeStringField("user_id", terms.owner().userId());
        json.writeStringField("team_id", terms.owner().teamId());
        json.writeStringField("expires", terms.expiresAt() == null ? null : terms.expiresAt().toString());
        json.writeStringField("created_at", key.createdAt().toString());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, @Nullable Number value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value.longValue());
        }
    }

    private static String limits(KeyTerms terms) {
        return "requests/min " + orDefault(terms.limits().requestsPerMinute())
                + ", tokens/min " + orDefault(terms.limits().tokensPerMinute())
                + ", parallel " + orDefault(terms.limits().maxParallel());
    }

    private static String models(List<String> models) {
        return models.isEmpty() ? "all" : String.join(", ", models);
    }

    private static String orNone(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static String orDefault(@Nullable Number limit) {
        return limit == null ? "default" : limit.longValue() == 0 ? "none" : limit.toString();
    }
}
