package io.deltallm.netty.testing;

import java.util.ArrayList;
import java.util.List;

/// Small chat requests and replies in the OpenAI format. The spacing is odd on purpose: whoever re-serialises is caught.
public final class ChatSample {
    public static final String PATH = "/v1/chat/completions";
    public static final String MODEL = "gpt-4o";

    /// What the gateway is configured to call the model upstream.
    public static final String UPSTREAM_MODEL = "upstream-model-2";

    public static final String REQUEST =
            "{ \"model\":\"gpt-4o\" ,\"messages\":[{\"role\":\"user\",\"content\":\"hi \\u00e9\"}],  \"x_unknown\": 1e2}";
    public static final String STREAM_REQUEST =
            "{\"stream\" : true, \"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"model\":\"gpt-4o\"}";
    public static final String REPLY = "{\"id\":\"chatcmpl-1\", \"object\":\"chat.completion\",\"created\":1,"
            + "\"model\":\"upstream-model-2\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"hello\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":11,"
            + "\"completion_tokens\":7,\"total_tokens\":18},\"x_unknown\": [1 , 2]}";
    public static final String DONE = "data: [DONE]\n\n";
    public static final String USAGE_EVENT = "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"upstream-model-2\",\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,"
            + "\"total_tokens\":18}}\n\n";

    private ChatSample() {}

    public static String delta(String text) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"upstream-model-2\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}\n\n";
    }

    public static Script reply() {
        return Script.json(200, REPLY);
    }

    /// A stream of `deltas` events with usage at the end, as a provider sends it when it was asked for usage.
    public static Script stream(int deltas) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < deltas; i++) {
            events.add(delta("t" + i));
        }
        events.add(USAGE_EVENT);
        events.add(DONE);
        return Script.sse(events.toArray(String[]::new));
    }

    /// What the client of [#stream] gets when it did not ask for usage.
    public static String streamText(int deltas) {
        var text = new StringBuilder();
        for (int i = 0; i < deltas; i++) {
            text.append(delta("t" + i));
        }
        return text + DONE;
    }

    public static Script.Reply openStream() {
        return Script.reply(200).header("Content-Type", "text/event-stream").chunked();
    }
}
