package io.deltallm.codec.provider;

/// How a request to a provider proves who pays. `toString` never shows the secret.
public sealed interface Signer {

    /// `Authorization: Bearer <secret>`.
    record Bearer(String secret) implements Signer {
        @Override
        public String toString() {
            return "Bearer[***]";
        }
    }

    /// `<name>: <secret>`, as Azure's `api-key` or Anthropic's `x-api-key`; `secret` is the whole header value.
    record HeaderKey(String name, String secret) implements Signer {
        @Override
        public String toString() {
            return "HeaderKey[" + name + ", ***]";
        }
    }

    /// `Authorization: Bearer <token>` with a token that expires, as Google's and Entra's: asked for at each request.
    record Token(TokenSource source) implements Signer {
        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /// AWS Signature Version 4: [AwsSignature].
    ///
    /// @param service as `bedrock` or `sagemaker`
    record AwsSigV4(AwsCredentialSource source, String region, String service) implements Signer {
        @Override
        public String toString() {
            return "AwsSigV4[" + region + ", " + service + ", ***]";
        }
    }

    /// No credential: a server on one's own machine.
    record None() implements Signer {}
}
