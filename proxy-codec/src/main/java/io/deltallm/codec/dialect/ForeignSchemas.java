package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Tool;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings schemas to what the provider at hand takes: those of tools to plain objects ([ObjectSchema]), and strictness to
/// those that it can be strict about. Confined to a request.
final class ForeignSchemas {
    /// Who speak these have said what OpenAI takes.
    private static final Set<String> OPENAIS = Set.of(Operation.CHAT_COMPLETIONS.label(), Operation.RESPONSES.label());

    private final UpstreamDialect upstream;
    private final UpstreamCall call;
    private final boolean foreign;

    private ForeignSchemas(ChatRequest request, UpstreamDialect upstream, UpstreamCall call) {
        this.upstream = upstream;
        this.call = call;
        this.foreign = !OPENAIS.contains(request.dialect());
    }

    static ChatRequest fitted(ChatRequest request, UpstreamDialect upstream, UpstreamCall call) {
        ForeignSchemas schemas = new ForeignSchemas(request, upstream, call);
        return request.withTools(request.tools().stream().map(schemas::fitted).toList(), request.toolChoice())
                .withResponseFormat(schemas.fitted(request.responseFormat()));
    }

    private Tool fitted(Tool tool) {
        if (!(tool instanceof Tool.Function(var name, var description, var schema, var strict, var cache, var origin))
                || schema == null) {
            return tool;
        }
        RawJson plain = ObjectSchema.isPlain(schema) ? schema : ObjectSchema.of(schema);
        return new Tool.Function(name, description, plain, strict(strict, plain, "tools.strict"), cache, origin);
    }

    private @Nullable ResponseFormat fitted(@Nullable ResponseFormat format) {
        return format instanceof ResponseFormat.JsonSchema(var name, var description, var schema, var strict)
                ? new ResponseFormat.JsonSchema(
                        name, description, schema, strict(strict, schema, "response_format.strict"))
                : format;
    }

    private @Nullable Boolean strict(@Nullable Boolean asked, RawJson schema, String field) {
        if (!foreign || !Boolean.TRUE.equals(asked) || upstream.holdsTo(schema, call)) {
            return asked;
        }
        call.lost(field);
        return Boolean.FALSE;
    }
}
