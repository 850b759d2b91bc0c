package io.deltallm.netty.telemetry;

import io.deltallm.codec.chat.Usage;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.route.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes entries as lines, the fields in one place and in this order. Fields that have no value are left out. Confined to
/// the access log's thread; hand-written because it runs for every request on a core the event loops share.
final class AccessLine {
    private final LineFormat format;
    private final StringBuilder line = new StringBuilder(768);
    private long second = Long.MIN_VALUE;
    private String secondText = "";

    AccessLine(LineFormat format) {
        this.format = format;
    }

    String write(AccessEntry entry) {
        line.setLength(0);
        format.open(line);
        time(entry.epochMillis);
        text("request_id", entry.requestId);
        text("method", entry.method);
        text("path", entry.path);
        text("route", entry.route);
        number("status", entry.status);
        text("outcome", entry.outcome.name().toLowerCase(Locale.ROOT));
        if (entry.error != null) {
            text("error", entry.error.code());
        }
        millis("duration_ms", entry.durationNanos);
        number("overhead_us", entry.overheadNanos / 1000);
        millis("ttfb_ms", entry.firstByteNanos);
        routing(entry);
        caller(entry.caller);
        usage(entry.usage);
        number("request_bytes", entry.requestBytes);
        number("response_bytes", entry.responseBytes);
        text("client", entry.client);
        format.close(line);
        return line.toString();
    }

    /// ISO 8601 in UTC with milliseconds; the part down to the second is kept for the second's other lines.
    private void time(long epochMillis) {
        long epochSecond = Math.floorDiv(epochMillis, 1000);
        if (epochSecond != second) {
            second = epochSecond;
            String whole = Instant.ofEpochSecond(epochSecond).truncatedTo(ChronoUnit.SECONDS).toString();
            secondText = whole.substring(0, whole.length() - 1);
        }
        format.name(line, "time");
        format.openText(line);
        line.append(secondText).append('.');
        threeDigits(Math.floorMod(epochMillis, 1000));
        line.append('Z');
        format.closeText(line);
    }

    private void routing(AccessEntry entry) {
        text("model", entry.model);
        Target target = entry.target;
        if (target != null) {
            text("upstream_model", target.upstreamModel());
            text("provider", target.provider().name());
        }
        flag("stream", entry.streamed);
        number("attempts", entry.attempts);
    }

    private void caller(@Nullable Caller caller) {
        if (caller != null) {
            text("key", caller.id());
            text("alias", caller.alias());
        }
    }

    private void usage(@Nullable Usage usage) {
        if (usage != null) {
            number("prompt_tokens", usage.promptTokens());
            number("completion_tokens", usage.completionTokens());
            number("total_tokens", usage.totalTokens());
            flag("usage_estimated", usage.estimated());
        }
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            format.name(line, name);
            format.text(line, value);
        }
    }

    private void number(String name, long value) {
        format.name(line, name);
        line.append(value);
    }

    private void flag(String name, boolean value) {
        format.name(line, name);
        line.append(value);
    }

    private void millis(String name, long nanos) {
        if (nanos < 0) {
            return;
        }
        format.name(line, name);
        line.append(nanos / 1_000_000).append('.');
        threeDigits((int) (nanos / 1000 % 1000));
    }

    private void threeDigits(int value) {
        line.append((char) ('0' + value / 100)).append((char) ('0' + value / 10 % 10)).append((char) ('0' + value % 10));
    }
}
