package io.deltallm.codec.provider;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.provider.Provider.StreamUsage;
import io.deltallm.codec.provider.ProviderTable.AuthStyle;
import io.deltallm.codec.provider.ProviderTable.Row;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads a line of the provider table, whose head says what its cells mean.
final class ProviderRowReader {
    private static final int COLUMNS = 12;

    private ProviderRowReader() {}

    static Row read(String line) {
        String[] cells = Arrays.stream(line.split("\t", -1)).map(String::strip).toArray(String[]::new);
        if (cells.length != COLUMNS) {
            throw new IllegalStateException(
                    ProviderTable.RESOURCE + ": " + cells.length + " cells (expected: " + COLUMNS + ") in: " + line);
        }
        ProviderKind kind = ProviderKind.valueOf(cells[2].toUpperCase(Locale.ROOT));
        return new Row(
                List.of(cells[0].split(" ")),
                cells[1],
                kind,
                orEmpty(cells[3]),
                auth(cells[4]),
                orEmpty(cells[5]),
                cells[6].equals("-") ? null : cells[6],
                StreamUsage.valueOf(cells[7]),
                operations(kind, cells[8]),
                quirks(cells[9]),
                headers(cells[10]),
                orEmpty(cells[11]));
    }

    private static String orEmpty(String cell) {
        return cell.equals("-") ? "" : cell;
    }

    /// `*`: all; `-responses`: all but these; `chat/completions embeddings`: these.
    private static Set<Operation> operations(ProviderKind kind, String cell) {
        Set<Operation> all = Endpoints.of(kind).keySet();
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        if (cell.equals("*") || cell.startsWith("-")) {
            operations.addAll(all);
        }
        for (String word : cell.equals("*") ? new String[0] : cell.split(" ")) {
            boolean missing = word.startsWith("-");
            Operation operation = labelled(all, missing ? word.substring(1) : word);
            if (missing) {
                operations.remove(operation);
            } else {
                operations.add(operation);
            }
        }
        return operations;
    }

    private static Operation labelled(Set<Operation> all, String label) {
        for (Operation operation : all) {
            if (operation.label().equals(label)) {
                return operation;
            }
        }
        throw new IllegalStateException(ProviderTable.RESOURCE + ": the kind has no operation " + label);
    }

    private static Set<Quirk> quirks(String cell) {
        Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        for (String word : cell.equals("-") ? new String[0] : cell.split(" ")) {
            quirks.add(Quirk.valueOf(word));
        }
        return quirks;
    }

    private static AuthStyle auth(String cell) {
        return switch (cell) {
            case "bearer" -> new AuthStyle.BearerToken();
            case "optional" -> new AuthStyle.Optional();
            case "google" -> new AuthStyle.Google();
            case "ibm" -> new AuthStyle.Ibm();
            case "aws:bedrock" -> new AuthStyle.Aws("bedrock");
            case "aws:sagemaker" -> new AuthStyle.Aws("sagemaker");
            default -> {
                int colon = cell.indexOf(':');
                yield colon < 0
                        ? new AuthStyle.Header(cell, "")
                        : new AuthStyle.Header(cell.substring(0, colon), cell.substring(colon + 1) + " ");
            }
        };
    }

    private static Map<String, String> headers(String cell) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!cell.equals("-")) {
            for (String header : cell.split(";")) {
                int colon = header.indexOf(':');
                headers.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
            }
        }
        return headers;
    }
}
