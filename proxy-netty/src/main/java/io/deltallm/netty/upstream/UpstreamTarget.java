package io.deltallm.netty.upstream;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.UpstreamModel;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.route.Target;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A target with everything that is the same for each request to it made ready as bytes. Immutable but for its pool;
/// one per target and event loop.
public final class UpstreamTarget {
    private static final Operation[] OPERATIONS = Operation.values();

    private final Target target;
    private final OriginPool pool;
    private final byte[][] starts;
    private final byte[] rest;
    private final byte[] providerName;
    private final UpstreamModel upstreamModel;
    private final byte[] upstreamModelHeader;
    private final List<String> ownHeaders;
    private final long firstByteNanos;
    private final long silenceNanos;
    private final long totalNanos;

    UpstreamTarget(Target target, OriginPool pool) {
        this.target = target;
        this.pool = pool;
        this.providerName = headerValue(target.provider().name());
        this.upstreamModel = new UpstreamModel(target.upstreamModel());
        this.upstreamModelHeader = headerValue(target.upstreamModel());
        this.firstByteNanos = target.clocks().firstByte().toNanos();
        this.silenceNanos = target.clocks().silence().toNanos();
        this.totalNanos = target.clocks().total().toNanos();
        this.ownHeaders = ownHeaders(target.provider());
        this.starts = new byte[OPERATIONS.length][];
        for (int i = 0; i < OPERATIONS.length; i++) {
            starts[i] = start(target.provider(), OPERATIONS[i]);
        }
        this.rest = rest(target.provider());
    }

    public Target target() {
        return target;
    }

    /// The value of `x-deltallm-provider`.
    public byte[] providerName() {
        return providerName;
    }

    /// The model's name at the provider.
    public UpstreamModel upstreamModel() {
        return upstreamModel;
    }

    /// The value of `x-deltallm-model`.
    public byte[] upstreamModelHeader() {
        return upstreamModelHeader;
    }

    /// Names of fields, in lower case, that the gateway sets itself: the client's own must not travel beside them.
    public List<String> ownHeaders() {
        return ownHeaders;
    }

    public long totalNanos() {
        return totalNanos;
    }

    OriginPool pool() {
        return pool;
    }

    long firstByteNanos() {
        return firstByteNanos;
    }

    long silenceNanos() {
        return silenceNanos;
    }

    /// Method and target of a request.
    byte[] start(Operation operation) {
        return starts[operation.ordinal()];
    }

    /// The end of the request line, host, credential and fixed fields.
    byte[] rest() {
        return rest;
    }

    private static byte[] start(Provider provider, Operation operation) {
        URI base = provider.baseUri();
        String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return Ascii.bytes(operation.method() + " " + path(base) + operation.path() + query);
    }

    private static byte[] rest(Provider provider) {
        URI base = provider.baseUri();
        StringBuilder text = new StringBuilder(256);
        text.append(" HTTP/1.1\r\nhost: ").append(base.getHost());
        if (base.getPort() >= 0) {
            text.append(':').append(base.getPort());
        }
        text.append("\r\n");
        switch (provider.signer()) {
            case Signer.Bearer(String secret) ->
                text.append("authorization: Bearer ").append(secret).append("\r\n");
            case Signer.HeaderKey(String name, String secret) ->
                text.append(name).append(": ").append(secret).append("\r\n");
            case Signer.None(), Signer.Token _, Signer.AwsSigV4 _ -> {}
        }
        provider.headers()
                .forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] headerValue(String text) {
        return Ascii.bytes(text.replaceAll("[^\\x21-\\x7e]", "?"));
    }

    private static String path(URI base) {
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static List<String> ownHeaders(Provider provider) {
        List<String> names = new ArrayList<>();
        provider.headers().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        if (provider.signer() instanceof Signer.HeaderKey(String name, String _)) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return List.copyOf(names);
    }
}
