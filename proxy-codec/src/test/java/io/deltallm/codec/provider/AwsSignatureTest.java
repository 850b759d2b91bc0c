package io.deltallm.codec.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AwsSignatureTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final AwsCredentials EXAMPLE = new AwsCredentials("AKIDEXAMPLE", SECRET, null);
    private static final AwsSignature.Scope SERVICE = new AwsSignature.Scope("us-east-1", "service");
    private static final String DATE = "20150830T123600Z";
    private static final String NOTHING = AwsSignature.sha256(new byte[0]);

    /// The test suite that AWS publishes for its signers.
    @Test
    void signsAsTheTestSuiteOfAws() {
        assertThat(signature("GET", "/", ""))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                        + "SignedHeaders=host;x-amz-date, "
                        + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        assertThat(signature("POST", "/", ""))
                .endsWith("Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
        assertThat(signature("GET", "", "Param2=value2&Param1=value1"))
                .endsWith("Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    private static String signature(String method, String path, String query) {
        var request = new AwsSignature.Request(method, "example.amazonaws.com", path, query, NOTHING);
        return AwsSignature.authorization(request, headers("example.amazonaws.com"), SERVICE, EXAMPLE, DATE);
    }

    private static SortedMap<String, String> headers(String host) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("host", host);
        headers.put("x-amz-date", DATE);
        return headers;
    }

    /// The example of the documentation, IAM's ListUsers.
    @Test
    void signsAsTheDocumentation() {
        var scope = new AwsSignature.Scope("us-east-1", "iam");
        var request = new AwsSignature.Request(
                "GET", "iam.amazonaws.com", "/", "Action=ListUsers&Version=2010-05-08", NOTHING);
        SortedMap<String, String> headers = headers("iam.amazonaws.com");
        headers.put("content-type", "application/x-www-form-urlencoded; charset=utf-8");

        assertThat(AwsSignature.authorization(request, headers, scope, EXAMPLE, DATE))
                .contains("SignedHeaders=content-type;host;x-amz-date, ")
                .endsWith("Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
        assertThat(HexFormat.of().formatHex(AwsSignature.signingKey(SECRET, "20150830", scope)))
                .isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    @Test
    void encodesAModelsColonTwiceAndSignsTheSessionToken() {
        byte[] body = "{\"messages\":[]}".getBytes(StandardCharsets.UTF_8);
        var request = new AwsSignature.Request(
                "POST",
                "bedrock-runtime.us-east-1.amazonaws.com",
                "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse",
                "",
                AwsSignature.sha256(body));
        var scope = new AwsSignature.Scope("us-east-1", "bedrock");
        var credentials = new AwsCredentials("AKIDEXAMPLE", SECRET, "TOKEN==");

        var fields = AwsSignature.sign(request, scope, credentials, 1_795_778_100);

        assertThat(fields.lines())
                .isEqualTo("authorization: AWS4-HMAC-SHA256 "
                        + "Credential=AKIDEXAMPLE/20261127/us-east-1/bedrock/aws4_request, "
                        + "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, "
                        + "Signature=074b93a2ff2c3469046da756a43f27e2df2f1132cdd599625c0693319e565f6c\r\n"
                        + "x-amz-date: 20261127T111500Z\r\n"
                        + "x-amz-security-token: TOKEN==\r\n"
                        + "x-amz-content-sha256: 5e4ce7b36ba37b78a5d5f9fd08e6b7b54ba6879d651aa46ec9e1d6fa24ebe30a\r\n");
    }

    @Test
    void hashesABodyInPieces() {
        ByteBuffer first = ByteBuffer.wrap(new byte[] {1, 2});
        ByteBuffer second = ByteBuffer.wrap(new byte[] {3});

        assertThat(AwsSignature.sha256(first, second)).isEqualTo(AwsSignature.sha256(new byte[] {1, 2, 3}));
        assertThat(first.remaining()).isEqualTo(2);
    }

    @Test
    void writesDatesAsTheCalendarDoes() {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
        for (long second = 0; second < 5_000_000_000L; second += 86_399L * 13) {
            assertThat(AwsDate.format(second)).isEqualTo(format.format(Instant.ofEpochSecond(second)));
        }
        assertThat(AwsDate.format(1_709_251_199)).isEqualTo("20240229T235959Z");
        assertThat(AwsDate.format(4_107_542_400L)).isEqualTo("21000301T000000Z");
    }

    @Test
    void showsNoSecret() {
        var credentials = new AwsCredentials("AKIDEXAMPLE", SECRET, "session-secret");
        var request = new AwsSignature.Request("GET", "h", "/", "", NOTHING);

        assertThat(credentials.toString()).doesNotContain(SECRET).doesNotContain("session-secret");
        assertThat(new Signer.AwsSigV4(() -> credentials, "us-east-1", "bedrock").toString()).doesNotContain(SECRET);
        assertThat(AwsSignature.sign(request, SERVICE, credentials, 0).toString()).doesNotContain("session-secret");
    }
}
