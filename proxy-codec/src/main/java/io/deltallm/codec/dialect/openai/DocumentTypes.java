package io.deltallm.codec.dialect.openai;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Media types by the ends of file names, for documents that come without a type. Stateless.
final class DocumentTypes {
    private static final String USUAL = "application/pdf";

    private DocumentTypes() {}

    static String ofName(@Nullable String fileName) {
        String name = fileName == null ? "" : fileName.toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "txt" -> "text/plain";
            case "md" -> "text/markdown";
            case "csv" -> "text/csv";
            case "html", "htm" -> "text/html";
            case "json" -> "application/json";
            case "doc" -> "application/msword";
            case "docx" -> "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            case "xls" -> "application/vnd.ms-excel";
            case "xlsx" -> "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            default -> USUAL;
        };
    }

    /// A name for a document that has none, as hosts that look at the name's end want one.
    static String nameFor(String mediaType) {
        return switch (mediaType) {
            case "text/plain" -> "document.txt";
            case "text/markdown" -> "document.md";
            case "text/csv" -> "document.csv";
            case "text/html" -> "document.html";
            case "application/json" -> "document.json";
            case "application/msword" -> "document.doc";
            case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" -> "document.docx";
            case "application/vnd.ms-excel" -> "document.xls";
            case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" -> "document.xlsx";
            default -> "document.pdf";
        };
    }
}
