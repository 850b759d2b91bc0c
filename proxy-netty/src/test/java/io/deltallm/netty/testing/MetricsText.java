package io.deltallm.netty.testing;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One scrape of `/metrics`, read the plain way.
public record MetricsText(String text) {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:]+)(?:\\{([^}]*)})? ([^ \n]+)$");

    /// The sum of the samples of `name` that carry all of `labels` (`kind="prompt"`); 0 where there are none.
    public double sum(String name, String... labels) {
        double sum = 0;
        Matcher samples = SAMPLE.matcher(text);
        while (samples.find()) {
            String found = samples.group(2) == null ? "" : samples.group(2);
            if (samples.group(1).equals(name) && Arrays.stream(labels).allMatch(found::contains)) {
                sum += Double.parseDouble(samples.group(3));
            }
        }
        return sum;
    }
}
