package io.deltallm.codec.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// AWS Signature Version 4 in header fields
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). Stateless, thread-safe.
///
/// The path is encoded once more in what is signed than it is on the wire: a model's `:` is `%3A` in the request and
/// `%253A` in the canonical request.
public final class AwsSignature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final HexFormat LOWER = HexFormat.of();
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    private AwsSignature() {}

    /// What is signed of a request.
    ///
    /// @param host as in the field `host`, with its port if that has one
    /// @param rawPath as on the request line, percent-encoded
    /// @param rawQuery as on the request line, percent-encoded, without the question mark; empty if there is none
    /// @param bodySha256 [#sha256] of the body
    public record Request(String method, String host, String rawPath, String rawQuery, String bodySha256) {}

    /// What calls are signed for.
    ///
    /// @param service as `bedrock`
    public record Scope(String region, String service) {}

    /// The fields that a signed request bears.
    public record Fields(String authorization, String date, @Nullable String securityToken, String contentSha256) {

        /// As lines of a request's head, each with its end.
        public String lines() {
            String token = securityToken == null ? "" : "x-amz-security-token: " + securityToken + "\r\n";
            return "authorization: " + authorization + "\r\nx-amz-date: " + date + "\r\n" + token
                    + "x-amz-content-sha256: " + contentSha256 + "\r\n";
        }

        @Override
        public String toString() {
            return "Fields[" + date + ", ***]";
        }
    }

    public static Fields sign(Request request, Scope scope, AwsCredentials credentials, long epochSeconds) {
        String date = AwsDate.format(epochSeconds);
        String token = credentials.sessionToken();
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", request.host());
        headers.put("x-amz-content-sha256", request.bodySha256());
        headers.put("x-amz-date", date);
        if (token != null) {
            headers.put("x-amz-security-token", token);
        }
        String authorization = authorization(request, headers, scope, credentials, date);
        return new Fields(authorization, date, token, request.bodySha256());
    }

    /// @param headers those that are signed, by their names in lower case
    static String authorization(
            Request request,
            SortedMap<String, String> headers,
            Scope scope,
            AwsCredentials credentials,
            String date) {
        String day = date.substring(0, 8);
        String scopeText = day + "/" + scope.region() + "/" + scope.service() + "/aws4_request";
        String toSign = ALGORITHM + "\n" + date + "\n" + scopeText + "\n" + sha256(utf8(canonical(request, headers)));
        byte[] signature = hmac(signingKey(credentials.secretAccessKey(), day, scope), toSign);
        return ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scopeText + ", SignedHeaders="
                + String.join(";", headers.keySet()) + ", Signature=" + LOWER.formatHex(signature);
    }

    private static String canonical(Request request, SortedMap<String, String> headers) {
        StringBuilder text = new StringBuilder(1024);
        text.append(request.method()).append('\n');
        text.append(encodedPath(request.rawPath())).append('\n');
        text.append(sortedQuery(request.rawQuery())).append('\n');
        for (Map.Entry<String, String> header : headers.entrySet()) {
            text.append(header.getKey()).append(':').append(header.getValue().strip()).append('\n');
        }
        return text.append('\n')
                .append(String.join(";", headers.keySet()))
                .append('\n')
                .append(request.bodySha256())
                .toString();
    }

    static byte[] signingKey(String secret, String day, Scope scope) {
        byte[] key = hmac(utf8("AWS4" + secret), day);
        key = hmac(key, scope.region());
        key = hmac(key, scope.service());
        return hmac(key, "aws4_request");
    }

    private static String encodedPath(String rawPath) {
        StringBuilder out = new StringBuilder(rawPath.length() + 16);
        for (byte value : utf8(rawPath.isEmpty() ? "/" : rawPath)) {
            if (value == '/' || isUnreserved(value)) {
                out.append((char) value);
            } else {
                UPPER.toHexDigits(out.append('%'), value);
            }
        }
        return out.toString();
    }

    private static boolean isUnreserved(byte value) {
        return (value >= 'A' && value <= 'Z')
                || (value >= 'a' && value <= 'z')
                || (value >= '0' && value <= '9')
                || value == '-'
                || value == '.'
                || value == '_'
                || value == '~';
    }

    private static String sortedQuery(String rawQuery) {
        if (rawQuery.isEmpty()) {
            return "";
        }
        String[] parameters = rawQuery.split("&");
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += parameters[i].indexOf('=') < 0 ? "=" : "";
        }
        Arrays.sort(parameters);
        return String.join("&", parameters);
    }

    /// The hash of a body, in hex.
    public static String sha256(byte[] body) {
        return LOWER.formatHex(digest().digest(body));
    }

    /// The hash of a body in pieces, in hex; the pieces' positions stay as they are.
    public static String sha256(ByteBuffer... body) {
        MessageDigest digest = digest();
        for (ByteBuffer piece : body) {
            digest.update(piece.duplicate());
        }
        return LOWER.formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(utf8(text));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
