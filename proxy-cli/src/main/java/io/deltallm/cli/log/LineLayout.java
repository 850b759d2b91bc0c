package io.deltallm.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.deltallm.policy.config.LoggingSettings.Format;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// One event, one line: a JSON object, or text for people. Lines of the access log come finished and pass as they are.
/// Thread-safe.
final class LineLayout extends LayoutBase<ILoggingEvent> {
    /// Whose messages are whole lines already.
    static final String ACCESS_LOGGER = "deltallm.access";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Format format;

    LineLayout(Format format) {
        this.format = format;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        if (event.getLoggerName().equals(ACCESS_LOGGER)) {
            return event.getFormattedMessage() + "\n";
        }
        return switch (format) {
            case JSON -> json(event);
            case TEXT -> text(event);
        };
    }

    private static String json(ILoggingEvent event) {
        var line = new StringBuilder(256).append("{\"time\":\"").append(time(event));
        line.append("\",\"level\":\"").append(event.getLevel()).append('"');
        field(line, "logger", event.getLoggerName());
        field(line, "thread", event.getThreadName());
        field(line, "message", SecretMask.hide(event.getFormattedMessage()));
        if (event.getThrowableProxy() != null) {
            field(line, "error", trace(event));
        }
        return line.append("}\n").toString();
    }

    private static void field(StringBuilder line, String name, String value) {
        line.append(",\"").append(name).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(value, line);
        line.append('"');
    }

    private static String text(ILoggingEvent event) {
        String logger = event.getLoggerName();
        return time(event) + ' ' + event.getLevel() + ' ' + logger.substring(logger.lastIndexOf('.') + 1) + ": "
                + SecretMask.hide(event.getFormattedMessage()) + '\n'
                + (event.getThrowableProxy() == null ? "" : trace(event));
    }

    private static String trace(ILoggingEvent event) {
        return SecretMask.hide(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }

    private static String time(ILoggingEvent event) {
        return TIME.format(Instant.ofEpochMilli(event.getTimeStamp()));
    }
}
