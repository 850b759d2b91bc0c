package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentials;
import io.deltallm.codec.provider.AwsSignature;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks AWS's Security Token Service for the credentials of roles. Blocks.
final class AwsSts {
    static final String SESSION = "deltallm";

    private static final String VERSION = "2011-06-15";

    private final CredentialHttp http;
    private final AwsCredentialChain.Place place;

    AwsSts(CredentialHttp http, AwsCredentialChain.Place place) {
        this.http = http;
        this.place = place;
    }

    /// The credentials of a role, for whoever holds a token of an identity provider.
    Expiring<AwsCredentials> assumeWithWebIdentity(String role, String session, Path tokenFile)
            throws IOException, InterruptedException {
        Map<String, String> form = form("AssumeRoleWithWebIdentity", role, session);
        form.put("WebIdentityToken", Files.readString(tokenFile).strip());
        String xml = http.post(endpoint(null), Map.of(), CredentialHttp.form(form));
        return credentials(xml);
    }

    /// The credentials of a role, for whoever holds other credentials.
    Expiring<AwsCredentials> assume(
            String role, String session, @Nullable String externalId, AwsCredentials caller, @Nullable String region)
            throws IOException, InterruptedException {
        Map<String, String> fields = form("AssumeRole", role, session);
        if (externalId != null) {
            fields.put("ExternalId", externalId);
        }
        String form = CredentialHttp.form(fields);
        URI uri = endpoint(region);
        return credentials(http.post(uri, signed(uri, form, caller, region), form));
    }

    private static Map<String, String> form(String action, String role, String session) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", action);
        form.put("Version", VERSION);
        form.put("RoleArn", role);
        form.put("RoleSessionName", session);
        return form;
    }

    private Map<String, String> signed(URI uri, String form, AwsCredentials caller, @Nullable String region) {
        String signedRegion = region(region);
        var request = new AwsSignature.Request(
                "POST",
                uri.getRawAuthority(),
                uri.getRawPath(),
                "",
                AwsSignature.sha256(form.getBytes(StandardCharsets.UTF_8)));
        AwsSignature.Fields fields = AwsSignature.sign(
                request,
                new AwsSignature.Scope(signedRegion == null ? "us-east-1" : signedRegion, "sts"),
                caller,
                place.clock().instant().getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("authorization", fields.authorization());
        headers.put("x-amz-date", fields.date());
        headers.put("x-amz-content-sha256", fields.contentSha256());
        String token = fields.securityToken();
        if (token != null) {
            headers.put("x-amz-security-token", token);
        }
        return headers;
    }

    private @Nullable String region(@Nullable String region) {
        return region == null ? place.region() : region;
    }

    private URI endpoint(@Nullable String region) {
        String named = place.variable("AWS_ENDPOINT_URL_STS");
        if (named != null) {
            return URI.create(named.endsWith("/") ? named : named + "/");
        }
        String at = region(region);
        if (at == null) {
            return URI.create("https://sts.amazonaws.com/");
        }
        return URI.create("https://sts." + at + ".amazonaws.com" + (at.startsWith("cn-") ? ".cn" : "") + "/");
    }

    private Expiring<AwsCredentials> credentials(String xml) throws IOException {
        AwsCredentials credentials = new AwsCredentials(
                element(xml, "AccessKeyId"), element(xml, "SecretAccessKey"), element(xml, "SessionToken"));
        return Expiring.until(expiry(element(xml, "Expiration")), credentials, place.clock().instant());
    }

    static Instant expiry(String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            throw new IOException("the expiry of credentials is \"" + text + "\" (expected: a time)");
        }
    }

    /// The elements looked for hold plain text, once each.
    private static String element(String xml, String name) throws IOException {
        int start = xml.indexOf("<" + name + ">");
        int end = xml.indexOf("</" + name + ">");
        if (start < 0 || end < start) {
            throw new IOException("STS answered without " + name);
        }
        return xml.substring(start + name.length() + 2, end).strip();
    }
}
