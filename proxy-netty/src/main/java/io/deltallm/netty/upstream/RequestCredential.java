package io.deltallm.netty.upstream;

import io.deltallm.codec.http.RequestEntry;
import io.deltallm.codec.provider.AwsCredentials;
import io.deltallm.codec.provider.AwsSignature;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Signer;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What stands behind the target of a request: the end of its first line, host, fixed fields, and the proof of who pays.
/// Bytes made ready where the proof is always the same; made anew where a token was renewed; made per request where the
/// request itself is signed. Confined to one event loop.
final class RequestCredential {
    private final Signer signer;
    private final String host;
    private final String fixed;
    private @Nullable String token;
    private byte[] ready;

    private RequestCredential(Signer signer, URI base, String fixed) {
        this.signer = signer;
        this.host = base.getPort() >= 0 ? base.getHost() + ":" + base.getPort() : base.getHost();
        this.fixed = fixed;
        this.ready = bytes(lines());
    }

    static RequestCredential of(Provider provider) {
        StringBuilder fields = new StringBuilder(256);
        provider.headers()
                .forEach((name, value) -> fields.append(name).append(": ").append(value).append("\r\n"));
        return new RequestCredential(provider.signer(), provider.baseUri(), fields.toString());
    }

    /// Proves nothing: for an address that is itself the permission.
    static RequestCredential none(URI address) {
        return new RequestCredential(new Signer.None(), address, "");
    }

    private String lines() {
        return switch (signer) {
            case Signer.Bearer(String secret) -> "authorization: Bearer " + secret + "\r\n";
            case Signer.HeaderKey(String name, String secret) -> name + ": " + secret + "\r\n";
            case Signer.Token _, Signer.AwsSigV4 _, Signer.None _ -> "";
        };
    }

    private byte[] bytes(String lines) {
        return (" HTTP/1.1\r\nhost: " + host + "\r\n" + lines + fixed).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Whether there is a credential at the moment.
    boolean available() {
        return switch (signer) {
            case Signer.Token(var source) -> source.token() != null;
            case Signer.AwsSigV4 aws -> aws.source().current() != null;
            case Signer.Bearer _, Signer.HeaderKey _, Signer.None _ -> true;
        };
    }

    /// Whether each request is signed by itself, query and body included.
    boolean signs() {
        return signer instanceof Signer.AwsSigV4;
    }

    /// For a request that is not signed by itself.
    byte[] rest() {
        if (signer instanceof Signer.Token(var source)) {
            renew(source.token());
        }
        return ready;
    }

    /// A source hands out the same object until it has another token.
    @SuppressWarnings("ReferenceEquality")
    private void renew(@Nullable String current) {
        if (current != null && current != token) {
            token = current;
            ready = bytes("authorization: Bearer " + current + "\r\n");
        }
    }

    /// For a request that is.
    ///
    /// @param body as it is sent; borrowed
    byte[] signed(RequestEntry entry, ByteBuf body, long epochSeconds) {
        Signer.AwsSigV4 aws = (Signer.AwsSigV4) signer;
        AwsCredentials credentials = aws.source().current();
        if (credentials == null) {
            return ready;
        }
        String start = new String(entry.start(), StandardCharsets.US_ASCII);
        int space = start.indexOf(' ');
        int mark = start.indexOf('?');
        String path = start.substring(space + 1, mark < 0 ? start.length() : mark);
        AwsSignature.Request request = new AwsSignature.Request(
                start.substring(0, space),
                host,
                path,
                mark < 0 ? "" : start.substring(mark + 1),
                AwsSignature.sha256(body.nioBuffers()));
        return bytes(AwsSignature.sign(
                        request, new AwsSignature.Scope(aws.region(), aws.service()), credentials, epochSeconds)
                .lines());
    }
}
