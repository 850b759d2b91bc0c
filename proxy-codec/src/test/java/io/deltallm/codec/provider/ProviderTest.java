package io.deltallm.codec.provider;

import io.deltallm.codec.provider.Provider.StreamUsage;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ProviderTest {
    @Test
    void showsNeitherItsKeyNorTheValuesOfItsHeaders() {
        Provider provider = Provider.openAi(
                "groq",
                URI.create("https://api.groq.com/openai/v1"),
                new Signer.Bearer("sk-secret-of-the-provider"),
                Map.of("x-team-token", "secret-of-the-team"),
                StreamUsage.OPTION);

        assertThat(provider.toString()).contains("groq", "x-team-token").doesNotContain("secret");
    }
}
