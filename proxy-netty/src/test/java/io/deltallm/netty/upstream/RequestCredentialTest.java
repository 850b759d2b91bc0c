package io.deltallm.netty.upstream;

import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.RequestEntry;
import io.deltallm.codec.provider.AwsCredentials;
import io.deltallm.codec.provider.AwsSignature;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Signer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequestCredentialTest {

    private static RequestCredential credential(Signer signer) {
        return RequestCredential.of(Provider.openAi(
                "p", URI.create("https://host.test:8443/v1"), signer, Map.of("x-fixed", "f"), Provider.StreamUsage.OPTION));
    }

    private static String text(byte[] rest) {
        return new String(rest, StandardCharsets.ISO_8859_1).replace("\r\n", "~");
    }

    @Test
    void isTheSameBytesForAKey() {
        RequestCredential credential = credential(new Signer.Bearer("s"));

        assertThat(text(credential.rest())).isEqualTo(" HTTP/1.1~host: host.test:8443~authorization: Bearer s~x-fixed: f~");
        assertThat(credential.rest()).isSameAs(credential.rest());
    }

    @Test
    void followsATokenThatIsRenewed() {
        AtomicReference<@Nullable String> token = new AtomicReference<>();
        RequestCredential credential = credential(new Signer.Token(token::get));
        assertThat(credential.available()).isFalse();

        token.set("first");
        assertThat(credential.available()).isTrue();
        byte[] first = credential.rest();
        assertThat(text(first)).contains("authorization: Bearer first~");
        assertThat(credential.rest()).isSameAs(first);

        token.set("second");
        assertThat(text(credential.rest())).contains("authorization: Bearer second~").doesNotContain("first");
    }

    @Test
    void signsEachRequestForAws() {
        AwsCredentials keys = new AwsCredentials("AKID", "secret", "session");
        RequestCredential credential = credential(new Signer.AwsSigV4(() -> keys, "eu-west-1", "bedrock"));
        RequestEntry entry = RequestEntry.whole(Ascii.bytes("POST /model/a%3Ab/converse?x=y"));
        ByteBuf body = Unpooled.copiedBuffer("{}", StandardCharsets.US_ASCII);

        String rest = text(credential.signed(entry, body, 1_700_000_000));

        AwsSignature.Fields expected = AwsSignature.sign(
                new AwsSignature.Request(
                        "POST", "host.test:8443", "/model/a%3Ab/converse", "x=y",
                        AwsSignature.sha256("{}".getBytes(StandardCharsets.US_ASCII))),
                new AwsSignature.Scope("eu-west-1", "bedrock"),
                keys,
                1_700_000_000);
        assertThat(credential.signs()).isTrue();
        assertThat(rest).isEqualTo(
                " HTTP/1.1~host: host.test:8443~" + expected.lines().replace("\r\n", "~") + "x-fixed: f~");
        body.release();
    }
}
