package io.deltallm.netty.testing;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.dialect.ErrorWriter;
import io.deltallm.codec.dialect.MediaNeeded;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyProgress;
import io.deltallm.codec.dialect.ReplyTranslation;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Provider;
import io.deltallm.netty.exchange.Translations;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Wire formats of the tests: a client of Anthropic's or Google's operations in front of a provider of OpenAI's chat.
///
/// A request becomes `{"asked":"<label>","model":"<there>","said":<body>}`; one that says `refuse` is refused, Of a reply
/// each line is an event: `text …` goes to the client as `event …`, `fail` is a failure, `used 3` states tokens, `end` ends
/// it; a reply without `end` is cut. A reply from status 400 on is an error that repeats its body and `retry-after`.
public final class FakeTranslations implements Translations, Translation {
    private volatile boolean offTheLoop;
    private volatile boolean readOffTheLoop;
    private volatile @Nullable Gate gate;
    private volatile @Nullable Gate replyGate;
    private volatile @Nullable String picture;

    /// Whether the last request was written by another thread than an event loop's.
    public boolean wroteOffTheLoop() {
        return offTheLoop;
    }

    /// Whether the last reply was read to its end by another thread than an event loop's.
    public boolean readOffTheLoop() {
        return readOffTheLoop;
    }

    /// Requests are written only behind it.
    public void holdAt(Gate held) {
        gate = held;
    }

    /// Large plain replies are read to their end only behind it.
    public void holdRepliesAt(Gate held) {
        replyGate = held;
    }

    /// Requests can only be written with what is at this URL, and then neither.
    public void need(String url) {
        picture = url;
    }

    @Override
    public @Nullable Translation translation(Operation asked, boolean arrays, Provider provider) {
        boolean can = asked == Operation.MESSAGES || asked == Operation.GENERATE_CONTENT;
        return can && provider.endpoint(to()) != null ? this : null;
    }

    @Override
    public @Nullable ErrorWriter errors(Operation asked, boolean arrays) {
        return asked == Operation.MESSAGES || asked == Operation.GENERATE_CONTENT ? new Errors() : null;
    }

    @Override
    public @Nullable UpstreamDialect upstream(Operation operation) {
        return null;
    }

    @Override
    public Operation to() {
        return Operation.CHAT_COMPLETIONS;
    }

    @Override
    public TranslatedCall begin(Asked asked, UpstreamCall upstream) {
        offTheLoop = Thread.currentThread().isVirtual();
        pass(gate);
        String said = asked.body().json();
        if (said.contains("refuse")) {
            throw Refused.request("said is refused", "said");
        }
        String needed = picture;
        if (needed != null) {
            throw new MediaNeeded(List.of(needed));
        }
        ClientCall client = asked.client();
        String text = "{\"model\":\"" + upstream.model() + "\",\"for\":\"" + client.model() + "\",\"stream\":" + client.streamed()
                + ",\"said\":" + said + "}";
        return new Call(new JsonOutput().literal(text.getBytes(StandardCharsets.UTF_8)), client.streamed());
    }

    private static void pass(@Nullable Gate held) {
        if (held == null) {
            return;
        }
        try {
            held.pass();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Call implements TranslatedCall {
        private final JsonOutput body;
        private final boolean streamed;

        Call(JsonOutput body, boolean streamed) {
            this.body = body;
            this.streamed = streamed;
        }

        @Override
        public JsonOutput body() {
            return body;
        }

        @Override
        public boolean streamed() {
            return streamed;
        }

        @Override
        public ReplyTranslation reply(int status, ErrorReader.Fields fields) {
            return new Reply(status, String.valueOf(fields.get("retry-after")), streamed);
        }
    }

    private final class Reply implements ReplyTranslation {
        private final int status;
        private final String retryAfter;
        private final boolean streamed;
        private final ReplyProgress progress = new ReplyProgress();
        private final StringBuilder line = new StringBuilder();
        private final StringBuilder plain = new StringBuilder();
        private boolean ended;

        Reply(int status, String retryAfter, boolean streamed) {
            this.status = status;
            this.retryAfter = retryAfter;
            this.streamed = streamed;
        }

        @Override
        public void feed(ByteBuf piece) {
            for (char character : piece.toString(StandardCharsets.UTF_8).toCharArray()) {
                if (character == '\n' && status < 400) {
                    event(line.toString());
                    line.setLength(0);
                } else {
                    line.append(character);
                }
            }
        }

        private void event(String event) {
            if (progress.failed()) {
                return;
            }
            if (event.startsWith("text ")) {
                progress.note(new ChatEvent.TextDelta(0, RawJson.EMPTY_STRING));
                (streamed ? new StringBuilder() : plain).append(event);
                if (streamed) {
                    progress.output().literal("data: " + event + "\n\n");
                }
            } else if (event.equals("fail")) {
                progress.fail(GatewayError.of(ErrorCode.PROVIDER_OVERLOADED, "the provider is overloaded"));
            } else if (event.startsWith("used ")) {
                long tokens = Long.parseLong(event.substring(5));
                progress.note(new ChatEvent.Used(Usage.of(tokens, 0, tokens, 0, 0, false)));
            } else if (event.equals("end")) {
                ended = true;
            }
        }

        @Override
        public void end() {
            readOffTheLoop = Thread.currentThread().isVirtual();
            if (readOffTheLoop) {
                pass(replyGate);
            }
            if (status >= 400) {
                progress.fail(GatewayError.of(ErrorCode.PROVIDER_RATE_LIMITED, status + " " + line + " " + retryAfter));
            } else if (!progress.failed() && !ended) {
                progress.fail(GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "the reply was cut"));
            } else if (!progress.failed()) {
                progress.output().literal(streamed ? "data: done\n\n" : "{\"whole\":\"" + plain + "\"}");
            }
        }

        @Override
        public int held() {
            return streamed || status >= 400 ? 0 : plain.length();
        }

        @Override
        public ReplyProgress progress() {
            return progress;
        }

        @Override
        public boolean streamed() {
            return streamed && status < 400;
        }
    }

    private static final class Errors implements ErrorWriter {
        @Override
        public void writeError(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
            out.literal("{\"fake\":\"" + error.message() + "\"}");
        }

        @Override
        public void writeErrorEvent(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
            out.literal("event: error\ndata: {\"fake\":\"" + error.message() + "\"}\n\n");
        }
    }
}
