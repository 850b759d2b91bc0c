package io.deltallm.netty.upstream;

import io.deltallm.codec.chat.Operation;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointPathTest {

    @ParameterizedTest
    @CsvSource({
        "https://h/v1,         m,           /chat,                           /v1/chat",
        "https://h/v1/,        m,           /chat,                           /v1/chat",
        "https://h,            m,           /chat,                           /chat",
        "https://h/v1?a=b,     m,           /chat,                           /v1/chat?a=b",
        "https://h/v1?a=b,     m,           /chat?c=d,                       /v1/chat?c=d&a=b",
        "https://h,            anthropic.claude-v2:1, /model/{model}/converse, /model/anthropic.claude-v2%3A1/converse",
        "https://h,            arn:aws/x,   /model/{model}/converse,         /model/arn%3Aaws%2Fx/converse",
        "https://h,            owner/name,  /models/{+model}/predictions,    /models/owner/name/predictions",
        "https://h,            a b/ü?&,     /{+model},                       /a%20b/%C3%BC%3F%26",
        "https://h,            m,           /models/{model}:stream?alt=sse,  /models/m:stream?alt=sse",
    })
    void fillsTemplates(String base, String model, String template, String expected) {
        assertThat(new EndpointPath(URI.create(base), model).target(template)).isEqualTo(expected);
    }

    /// Whether Google's streams are events says the client, by its own query, which follows.
    @Test
    void leavesTheFormOfAStreamToTheClient() {
        EndpointPath paths = new EndpointPath(URI.create("https://h/v1beta"), "m");

        assertThat(paths.relayed(Operation.GENERATE_CONTENT, "/models/{model}:stream?alt=sse&k=v"))
                .isEqualTo("/v1beta/models/m:stream?k=v");
        assertThat(paths.relayed(Operation.CHAT_COMPLETIONS, "/chat?alt=sse")).isEqualTo("/v1beta/chat?alt=sse");
    }
}
