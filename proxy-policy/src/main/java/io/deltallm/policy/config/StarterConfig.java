package io.deltallm.policy.config;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// The file that `deltallm init` writes: it works as it is, and shows what one changes first.
public final class StarterConfig {
    private static final int KEY_BYTES = 32;

    private StarterConfig() {}

    /// @param random of cryptographic strength: the master key and the salt come from it
    public static String text(RandomGenerator random) {
        return """
                # deltallm: check with `deltallm config check`, start with `deltallm server`.
                # Every value may also be a variable: ${NAME}, ${NAME:-default} or os.environ/NAME.

                server:
                  host: 0.0.0.0
                  port: 8000

                general:
                  # May do everything. Keep it out of version control, or set DELTALLM_MASTER_KEY instead.
                  master_key: "%s"
                  # Hashed with every key that is created; a change makes all of them invalid.
                  salt_key: "%s"

                # Each entry serves a public model name; entries of one name share its load.
                # An entry without a key is left out, with a warning, until its variable is set.
                model_list:
                  - model_name: gpt-4o-mini
                    litellm_params:
                      model: openai/gpt-4o-mini
                      api_key: ${OPENAI_API_KEY}

                  # Anything that speaks as OpenAI does:
                  # - model_name: local
                  #   litellm_params:
                  #     model: openai/my-model
                  #     api_base: http://localhost:8080/v1

                logging:
                  level: info
                  format: json
                """
                .formatted("sk-" + secret(random), secret(random));
    }

    private static String secret(RandomGenerator random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
