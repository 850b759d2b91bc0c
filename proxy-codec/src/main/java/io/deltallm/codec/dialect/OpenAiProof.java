package io.deltallm.codec.dialect;

/// OpenAI's proofs of thoughts, `encrypted_content`: tokens of Fernet, whose first bytes are its version and the head of a
/// time (https://github.com/fernet/spec). No other provider's begin like this. Stateless.
public final class OpenAiProof {
    private static final String HEAD = "gAAAA";

    private OpenAiProof() {}

    public static boolean is(String proof) {
        return proof.startsWith(HEAD);
    }
}
