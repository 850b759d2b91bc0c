package io.deltallm.policy.credential;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;

/// Asks the servers that give out tokens. Blocks. Thread-safe.
///
/// What goes wrong is told by host and status: bodies and URLs may hold secrets.
final class CredentialHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    String get(URI uri, Map<String, String> headers) throws IOException, InterruptedException {
        return send("GET", uri, headers, "");
    }

    String put(URI uri, Map<String, String> headers) throws IOException, InterruptedException {
        return send("PUT", uri, headers, "");
    }

    /// Posts a form that [#form] wrote.
    String post(URI uri, Map<String, String> headers, String form) throws IOException, InterruptedException {
        return send("POST", uri, headers, form);
    }

    static String form(Map<String, String> fields) {
        StringJoiner form = new StringJoiner("&");
        fields.forEach((name, value) -> form.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }

    private String send(String method, URI uri, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
        headers.forEach(request::header);
        if (method.equals("POST")) {
            request.header("content-type", "application/x-www-form-urlencoded");
        }
        request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<String> response = send(request.build(), uri);
        if (response.statusCode() != 200) {
            throw new IOException(uri.getHost() + " answered " + response.statusCode() + reason(response.body()));
        }
        return response.body();
    }

    private HttpResponse<String> send(HttpRequest request, URI uri) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException(uri.getHost() + " cannot be reached: " + e.getClass().getSimpleName(), e);
        }
    }

    /// OAuth's word for what was wrong, as `invalid_grant`: a word of theirs, never of ours.
    private static String reason(String body) {
        try {
            String error = JsonFields.read(body).getOrDefault("error", "");
            return error.matches("[a-z_]{1,60}") ? " (" + error + ")" : "";
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
