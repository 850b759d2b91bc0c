package io.deltallm.netty.telemetry;

import io.deltallm.codec.chat.Operation;
import java.util.ArrayList;
import java.util.List;

/// The values of the `route` label, each with its index.
final class Routes {
    private static final String[] LABELS = labels();
    private static final int UNKNOWN = LABELS.length - 1;

    private Routes() {}

    static int count() {
        return LABELS.length;
    }

    static String label(int index) {
        return LABELS[index];
    }

    /// The index of a label; whatever is not listed counts as `unknown`.
    static int indexOf(String label) {
        // A dozen comparisons that fail on the length or the first letter; a label that is the same object ends them early.
        for (int i = 0; i < UNKNOWN; i++) {
            if (LABELS[i].equals(label)) {
                return i;
            }
        }
        return UNKNOWN;
    }

    private static String[] labels() {
        List<String> labels = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            labels.add(operation.label());
        }
        labels.addAll(List.of("models", "health", "metrics", "unknown"));
        return labels.toArray(String[]::new);
    }
}
