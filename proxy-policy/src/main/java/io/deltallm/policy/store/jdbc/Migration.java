package io.deltallm.policy.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// One step of the schema: a SQL file beside this class. A published file never changes; the next change is a new file.
///
/// @param version 1, 2, 3 …
/// @param sql as written, with the placeholders of [SqlFlavor#spell]; statements end with a semicolon at the end of a line
record Migration(int version, String name, String sql) {
    /// All of them, in order.
    static final List<Migration> ALL = List.of(fromResource(1, "keys"));

    private static Migration fromResource(int version, String name) {
        String file = "migration/%04d_%s.sql".formatted(version, name);
        try (InputStream in = Migration.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the migration " + file + " is missing from the jar");
            }
            return new Migration(version, name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the migration " + file, e);
        }
    }

    /// Of the text as written, so that it is the same on both databases and on systems with other line ends.
    String checksum() {
        byte[] text = sql.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    List<String> statements(SqlFlavor flavor) {
        List<String> statements = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String line : flavor.spell(sql).lines().toList()) {
            if (line.isBlank() || line.startsWith("--")) {
                continue;
            }
            current.append(line).append('\n');
            if (line.endsWith(";")) {
                statements.add(current.toString());
                current.setLength(0);
            }
        }
        if (!current.isEmpty()) {
            throw new IllegalStateException("migration " + version + " does not end with a semicolon");
        }
        return statements;
    }
}
