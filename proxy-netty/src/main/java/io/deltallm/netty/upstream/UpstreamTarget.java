package io.deltallm.netty.upstream;

import io.deltallm.codec.dialect.UpstreamModel;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A target with everything that is the same for each request to it made ready as bytes. Immutable but for its pool;
/// one per target and event loop.
public final class UpstreamTarget {
    private final Target target;
    private final Destination destination;
    private final RequestEntries entries;
    private final RequestCredential credential;
    private final byte[] providerName;
    private final UpstreamModel upstreamModel;
    private final byte[] upstreamModelHeader;
    private final List<String> ownHeaders;
    private final long totalNanos;

    UpstreamTarget(Target target, OriginPool pool) {
        this.target = target;
        this.providerName = headerValue(target.provider().name());
        this.upstreamModel = new UpstreamModel(target.upstreamModel());
        this.upstreamModelHeader = headerValue(target.upstreamModel());
        this.totalNanos = target.clocks().total().toNanos();
        this.ownHeaders = ownHeaders(target.provider());
        this.credential = RequestCredential.of(target.provider());
        this.destination = new Destination(target, pool, credential);
        this.entries = new RequestEntries(target, credential.signs());
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

    /// Why no request can be sent there now; null if it can.
    public @Nullable GatewayError unready() {
        return credential.available()
                ? null
                : GatewayError.of(
                        ErrorCode.PROVIDER_UNAVAILABLE,
                        "The credentials of the provider " + target.provider().name() + " are not there yet").retryAfter(1);
    }

    /// Where requests enter its provider.
    public RequestEntries entries() {
        return entries;
    }

    /// Where its requests go.
    public Destination destination() {
        return destination;
    }

    private static byte[] headerValue(String text) {
        return Ascii.bytes(text.replaceAll("[^\\x21-\\x7e]", "?"));
    }

    private static List<String> ownHeaders(Provider provider) {
        List<String> names = new ArrayList<>();
        provider.headers().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        if (provider.signer() instanceof Signer.HeaderKey(String name, String _)) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
        if (provider.signer() instanceof Signer.AwsSigV4) {
            names.addAll(List.of("x-amz-date", "x-amz-security-token", "x-amz-content-sha256"));
        }
        return List.copyOf(names);
    }
}
