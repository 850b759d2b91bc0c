package io.deltallm.policy.config;

import io.deltallm.codec.provider.AwsCredentials;
import io.deltallm.codec.provider.ProviderKind;
import io.deltallm.codec.provider.ProviderTable.AuthStyle;
import io.deltallm.codec.provider.ProviderTable.Row;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.config.Interpolation.Resolved;
import io.deltallm.policy.config.ProviderAccess.Key;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import io.deltallm.policy.credential.AwsCredentialChain;
import io.deltallm.policy.credential.Login;
import io.deltallm.policy.credential.LoginKeys;
import io.deltallm.policy.credential.LoginToken;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an entry's requests prove who pays: with a key, a token, or a signature.
final class Signers {
    private static final URI IBM = URI.create("https://iam.cloud.ibm.com");

    private final ProviderAccess access;
    private final Interpolation interpolation;

    Signers(ProviderAccess access, Interpolation interpolation) {
        this.access = access;
        this.interpolation = interpolation;
    }

    /// What came of it.
    sealed interface Found {
        record With(Signer signer) implements Found {}

        /// @param reason the end of the sentence "it is disabled: …"
        record Lacking(String reason) implements Found {}
    }

    Found find(Row row, ModelKind model, Map<String, String> parts, Parameters params) {
        return switch (row.auth()) {
            case AuthStyle.Aws(var service) -> aws(row, service, parts, params);
            case AuthStyle.Google _ -> google(params);
            case AuthStyle.Ibm _ -> ibm(row, params);
            case AuthStyle.BearerToken _, AuthStyle.Optional _, AuthStyle.Header _ ->
                isAzure(model.kind()) && !params.has("api_key") ? azure(row, model, params) : key(row, model, params);
        };
    }

    private static boolean isAzure(ProviderKind kind) {
        return switch (kind) {
            case AZURE, AZURE_V1, AZURE_AI, AZURE_ANTHROPIC -> true;
            default -> false;
        };
    }

    private Found key(Row row, ModelKind model, Parameters params) {
        Key key = access.key(row, params);
        if (key.missing() != null) {
            return new Found.Lacking("it has no key: the variable " + key.missing() + " is not set");
        }
        return new Found.With(style(row, model, key.value()).signer(key.value()));
    }

    private static AuthStyle style(Row row, ModelKind model, @Nullable String key) {
        boolean oauth = model.kind() == ProviderKind.ANTHROPIC && key != null && key.startsWith("sk-ant-oat");
        boolean compatible = model.kind() == ProviderKind.OPENAI && row.kind() == ProviderKind.GEMINI;
        if (oauth || compatible) {
            return new AuthStyle.BearerToken();
        }
        return model.kind() == ProviderKind.AZURE_ANTHROPIC ? new AuthStyle.Header("x-api-key", "") : row.auth();
    }

    /// Azure also takes a token of Entra's.
    private Found azure(Row row, ModelKind model, Parameters params) {
        String token = secret(params, "azure_ad_token", "AZURE_AD_TOKEN");
        if (token != null) {
            return new Found.With(new Signer.Bearer(token));
        }
        String tenant = secret(params, "tenant_id", "AZURE_TENANT_ID");
        String client = secret(params, "client_id", "AZURE_CLIENT_ID");
        String clientSecret = secret(params, "client_secret", "AZURE_CLIENT_SECRET");
        boolean own = params.has("tenant_id") || params.has("client_id");
        boolean preferred = own || access.key(row, params).value() == null;
        if (preferred && tenant != null && client != null && clientSecret != null) {
            return token(new Login.Entra(tenant, client, clientSecret));
        }
        if (own) {
            return new Found.Lacking("its login is incomplete (expected: tenant_id, client_id and client_secret)");
        }
        return key(row, model, params);
    }

    private Found token(Login login) {
        return new Found.With(new Signer.Token(LoginToken.of(login, interpolation.environment())));
    }

    private Found aws(Row row, String service, Map<String, String> parts, Parameters params) {
        boolean own = params.has("aws_access_key_id") || params.has("aws_profile_name") || params.has("aws_role_name");
        String bearer = secret(params, "aws_bearer_token_bedrock", null);
        if (bearer == null) {
            bearer = secret(params, "api_key", own || row.keyVariable().isEmpty() ? null : row.keyVariable());
        }
        if (bearer != null) {
            return new Found.With(new Signer.Bearer(bearer));
        }
        String region = parts.get("region");
        if (region == null) {
            return new Found.Lacking("it has no region (expected: aws_region_name)");
        }
        AwsCredentials keys = awsKeys(params);
        String role = secret(params, "aws_role_name", null);
        if (role != null) {
            String session = secret(params, "aws_session_name", null);
            return keys(new Login.AwsRole(role, session == null ? "deltallm" : session, region, keys), region, service);
        }
        if (params.has("aws_profile_name") || keys == null) {
            return keys(new Login.Aws(secret(params, "aws_profile_name", null)), region, service);
        }
        return new Found.With(new Signer.AwsSigV4(AwsCredentialChain.fixed(keys), region, service));
    }

    private Found keys(Login login, String region, String service) {
        return new Found.With(new Signer.AwsSigV4(LoginKeys.of(login, interpolation.environment()), region, service));
    }

    /// All three from the entry, or all from the environment: a mixture would be nobody's.
    private @Nullable AwsCredentials awsKeys(Parameters params) {
        boolean own = params.has("aws_access_key_id");
        String id = secret(params, "aws_access_key_id", own ? null : "AWS_ACCESS_KEY_ID");
        String key = secret(params, "aws_secret_access_key", own ? null : "AWS_SECRET_ACCESS_KEY");
        String session = secret(params, "aws_session_token", own ? null : "AWS_SESSION_TOKEN");
        return id == null || key == null ? null : new AwsCredentials(id, key, session);
    }

    private Found google(Parameters params) {
        String token = secret(params, "api_key", null);
        return token != null ? new Found.With(new Signer.Bearer(token)) : token(googleLogin(params, interpolation));
    }

    /// A credential may be written as JSON in one text, as a mapping, or as the path of a file.
    static Login.Google googleLogin(Parameters params, Interpolation interpolation) {
        for (String key : List.of("vertex_credentials", "vertex_ai_credentials")) {
            if (params.entry(key) instanceof Mapping mapping) {
                return new Login.Google(new JsonText(params).of(mapping));
            }
            Scalar written = params.raw(key);
            if (written != null) {
                return new Login.Google(interpolation.resolve(written.text()).text());
            }
        }
        return new Login.Google(interpolation.valueOf("VERTEXAI_CREDENTIALS"));
    }

    private Found ibm(Row row, Parameters params) {
        String token = secret(params, "token", "WATSONX_TOKEN");
        if (token != null) {
            return new Found.With(new Signer.Bearer(token));
        }
        Key key = access.key(row, params);
        String apiKey = key.value();
        return apiKey == null
                ? new Found.Lacking("it has no key: the variable " + row.keyVariable() + " is not set")
                : token(new Login.Ibm(IBM, apiKey));
    }

    /// What the entry says, else what the variable holds; null where neither does.
    private @Nullable String secret(Parameters params, String key, @Nullable String variable) {
        Scalar written = params.raw(key);
        if (written != null) {
            Resolved resolved = interpolation.resolve(written.text());
            return resolved.missing() == null && !resolved.text().isBlank() ? resolved.text() : null;
        }
        return variable == null ? null : interpolation.valueOf(variable);
    }
}
