package io.deltallm.policy.credential;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Trades an assertion, signed with a service account's key, for a token
/// (https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests). Immutable.
final class GoogleServiceAccount implements GoogleTokens.Source {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";
    private static final long LIFETIME_SECONDS = 3600;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String email;
    private final String keyId;
    private final PrivateKey key;
    private final String tokenUri;
    private final InstantSource clock;

    private GoogleServiceAccount(String email, String keyId, PrivateKey key, String tokenUri, InstantSource clock) {
        this.email = email;
        this.keyId = keyId;
        this.key = key;
        this.tokenUri = tokenUri;
        this.clock = clock;
    }

    static GoogleServiceAccount of(Map<String, String> fields, InstantSource clock) throws IOException {
        return new GoogleServiceAccount(
                JsonFields.required(fields, "client_email"),
                fields.getOrDefault("private_key_id", ""),
                key(JsonFields.required(fields, "private_key")),
                fields.getOrDefault("token_uri", TOKEN_URI),
                clock);
    }

    private static PrivateKey key(String pem) throws IOException {
        String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        try {
            byte[] der = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException | GeneralSecurityException _) {
            throw new IOException("\"private_key\" is no RSA key in PEM (PKCS #8)");
        }
    }

    @Override
    public Expiring<String> fetch(CredentialHttp http) throws IOException, InterruptedException {
        Instant now = clock.instant();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("assertion", assertion(now.getEpochSecond()));
        return OAuthReply.read(http.post(URI.create(tokenUri), Map.of(), CredentialHttp.form(form)), now);
    }

    private String assertion(long now) throws IOException {
        // The parts are the key file's own; quotes and backslashes do not occur in addresses and ids.
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}";
        String claims = "{\"iss\":\"" + email + "\",\"scope\":\"" + SCOPE + "\",\"aud\":\"" + tokenUri + "\",\"iat\":" + now
                + ",\"exp\":" + (now + LIFETIME_SECONDS) + "}";
        String signed = base64(header) + "." + base64(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IOException("the service account's key does not sign", e);
        }
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "GoogleServiceAccount[" + email + "]";
    }
}
