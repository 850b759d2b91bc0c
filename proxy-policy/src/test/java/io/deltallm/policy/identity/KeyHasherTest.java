package io.deltallm.policy.identity;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyHasherTest {
    @Test
    void hashesSaltColonKeyWithSha256() throws Exception {
        byte[] expected = MessageDigest.getInstance("SHA-256").digest("pepper:sk-abc".getBytes(UTF_8));

        KeyHash hash = new KeyHasher("pepper").hash("sk-abc");

        assertThat(hash.toBytes()).isEqualTo(expected);
        assertThat(hash.toHex()).isEqualTo(HexFormat.of().formatHex(expected));
        assertThat(hash).hasToString(hash.toHex());
    }

    @Test
    void dependsOnTheSalt() {
        assertThat(new KeyHasher("a").hash("sk-abc")).isNotEqualTo(new KeyHasher("b").hash("sk-abc"));
    }

    @Test
    void hashesBytesInTheMiddleOfALine() {
        KeyHasher hasher = new KeyHasher("salt");
        byte[] line = "Bearer sk-schlüssel\r\n".getBytes(UTF_8);

        assertThat(hasher.hash(line, 7, line.length - 9)).isEqualTo(hasher.hash("sk-schlüssel"));
    }

    @Test
    void startsAfreshForEachKey() {
        KeyHasher hasher = new KeyHasher("salt");
        hasher.hash("another");

        assertThat(hasher.hash("sk-abc")).isEqualTo(new KeyHasher("salt").hash("sk-abc"));
    }

    @Test
    void comesBackFromHex() {
        KeyHash hash = new KeyHasher("salt").hash("sk-abc");

        assertThat(KeyHash.fromHex(hash.toHex())).isEqualTo(hash).hasSameHashCodeAs(hash);
        assertThatThrownBy(() -> KeyHash.fromHex("abcd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes, not 2");
    }

    /// Every word counts, and equality looks at all of them: no early exit that would tell how much was right.
    @Test
    void differsInEachOfItsWords() {
        KeyHash hash = new KeyHash(1, 2, 3, 4);

        assertThat(hash)
                .isEqualTo(new KeyHash(1, 2, 3, 4))
                .isNotEqualTo(new KeyHash(0, 2, 3, 4))
                .isNotEqualTo(new KeyHash(1, 0, 3, 4))
                .isNotEqualTo(new KeyHash(1, 2, 0, 4))
                .isNotEqualTo(new KeyHash(1, 2, 3, 0))
                .isNotEqualTo("another type");
    }
}
