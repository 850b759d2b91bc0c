package io.deltallm.netty.exchange;

import io.deltallm.codec.http.HeadReader;
import io.deltallm.codec.http.HeadWriter;
import io.deltallm.codec.http.MessageEnd;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.codec.json.ByteBlock;
import io.deltallm.netty.loop.DeadlineWheel;
import io.deltallm.netty.loop.Flow;
import io.deltallm.netty.loop.LoopBuffers;
import io.deltallm.netty.media.MediaFetcher;
import io.deltallm.netty.offload.Offload;
import io.deltallm.netty.telemetry.Page;
import io.deltallm.netty.testing.Eventually;
import io.deltallm.netty.testing.FakeTranslations;
import io.deltallm.netty.testing.LoopClock;
import io.deltallm.netty.upstream.EmbeddedProvider;
import io.deltallm.policy.config.ConfigInput;
import io.deltallm.policy.config.ConfigReader;
import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.config.SnapshotBuilder;
import io.deltallm.policy.identity.CallerCache;
import io.deltallm.policy.identity.CallerCacheSettings;
import io.deltallm.policy.identity.KeyHasher;
import io.deltallm.policy.limit.Admission;
import io.deltallm.policy.limit.LimitRegistry;
import io.deltallm.policy.model.SpendCalculator;
import io.deltallm.policy.spend.PriceBook;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyTerms;
import io.deltallm.policy.store.MemoryKeyStore;
import io.deltallm.policy.telemetry.ExchangeFacts;
import io.deltallm.policy.telemetry.GatewayListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;

/// All phases on an embedded channel, in front of an [EmbeddedProvider]: the test writes heads, pieces and ends, and reads
/// what comes up. Blocking work waits until the test lets it go, in [#answerWaiting()]. Confined to the test's thread.
public final class PhaseBench implements AutoCloseable {
    static final String MASTER = "sk-master";
    static final String KEY = "Authorization: Bearer " + MASTER + "\r\n";
    static final String CHAT = "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    /// What becomes of it on its way to the provider.
    static final String SENT = CHAT.replace("gpt", "upstream-gpt");
    private static final String CONFIG = """
            general: {master_key: sk-master, salt_key: salt}
            auth: {api_key_header: X-My-Key}
            server: {SERVER}
            model_list:
              - {model_name: gpt, litellm_params: {model: openai/upstream-gpt, api_base: "http://provider.test:81/v1", api_key: sk-provider}}
              - {model_name: org/other, litellm_params: {model: openai/other, api_base: "http://provider.test:81/v1", api_key: sk-provider}}
            """;

    final EmbeddedChannel channel = new EmbeddedChannel();
    final LoopClock clock = new LoopClock(channel);
    final MemoryKeyStore keys = new MemoryKeyStore();
    final EmbeddedProvider provider;
    final Flow flow = new Flow(channel);
    final FakeTranslations translations = new FakeTranslations();
    /// How exchanges ended: `COMPLETED 200 POST /v1/chat/completions chat/completions`.
    final List<String> ended = new ArrayList<>();
    /// The scopes whose limits refused.
    final List<String> rateLimited = new ArrayList<>();
    private final Semaphore answers = new Semaphore(0);
    private final Offload offload = new Offload(8);
    private final DeadlineWheel wheel = new DeadlineWheel(channel.eventLoop(), clock);
    private final KeyHasher hasher = new KeyHasher("salt");
    private final Services services;
    private final Loop loop;

    /// Tells the day only once [#answerWaiting] lets it.
    private final class SlowClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            answers.acquireUninterruptibly();
            return Instant.EPOCH;
        }
    }

    /// What came up since the last look.
    ///
    /// @param status 0 if there was no head
    record Up(int status, Map<String, String> headers, String body, boolean whole, List<Signal> signals) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    public PhaseBench(String moreConfig) {
        this(moreConfig, "max_body: 1KiB");
    }

    private PhaseBench(String moreConfig, String server) {
        keys.duringFind(answers::acquireUninterruptibly);
        HeadWriter heads = new HeadWriter();
        GatewayListener listener = new GatewayListener() {
            @Override
            public void rateLimited(String scope) {
                rateLimited.add(scope);
            }

            @Override
            public void exchangeEnded(ExchangeFacts facts) {
                ended.add(facts.outcome() + " " + facts.status() + " " + facts.method() + " " + facts.path() + " " + facts.route());
            }
        };
        provider = new EmbeddedProvider(channel, wheel, heads, listener);
        LimitRegistry limits = new LimitRegistry(clock);
        var config = new ConfigReader().read(ConfigInput.of(CONFIG.replace("SERVER", server) + moreConfig));
        var snapshot = SnapshotBuilder.build(
                Objects.requireNonNull(config.config(), () -> config.problems().toString()), 1, Instant.EPOCH);
        limits.configure(snapshot.proxyLimits());
        services = new Services(
                new LiveSnapshot(snapshot),
                new CallerCache(keys, limits, CallerCacheSettings.DEFAULT, clock),
                new Admission(limits, clock, InstantSource.system()),
                offload,
                (probe, path, query, accept) -> {
                    answers.acquireUninterruptibly();
                    return new Page(200, "text/plain", (probe + "?" + query).getBytes(StandardCharsets.UTF_8));
                },
                translations,
                new MediaFetcher(),
                Catalogue.of(new SpendCalculator(PriceBook.load(), new SlowClock())),
                listener);
        loop = new Loop(channel.eventLoop(), wheel, new LoopBuffers(channel.eventLoop(), channel.alloc()), new ByteBlock(), heads, provider.pool(), hasher, new SplittableRandom(1));
    }

    static PhaseBench ofPhases() {
        return ofPhases("");
    }

    static PhaseBench ofPhases(String moreConfig) {
        PhaseBench bench = new PhaseBench(moreConfig);
        bench.installPhases();
        return bench;
    }

    /// @param keepalive silence of a translated stream that is filled
    static PhaseBench withKeepalive(String keepalive) {
        return ofServer("max_body: 1KiB, stream_keepalive: " + keepalive);
    }

    /// @param server settings of the section of this name
    static PhaseBench ofServer(String server) {
        PhaseBench bench = new PhaseBench("", server);
        bench.installPhases();
        return bench;
    }

    public void installPhases() {
        ExchangePipeline.install(channel.pipeline(), loop, services, flow);
    }

    public EmbeddedChannel channel() {
        return channel;
    }

    public Loop loop() {
        return loop;
    }

    public Flow flow() {
        return flow;
    }

    public LoopClock clock() {
        return clock;
    }

    public EmbeddedProvider provider() {
        return provider;
    }

    public List<String> ended() {
        return ended;
    }

    void store(String key, KeyTerms terms, boolean blocked) {
        keys.insert(new KeyRecord(hasher.hash(key), "key_" + key, "sk-...", terms, blocked, Instant.EPOCH, Instant.EPOCH));
    }

    /// The head of a request arrives. `lines` end with CRLF each.
    PhaseBench head(String requestLine, String lines) {
        RequestHead head = new RequestHead();
        ByteBuf in = Unpooled.copiedBuffer(
                requestLine + " HTTP/1.1\r\nHost: g\r\n" + lines + "\r\n", StandardCharsets.ISO_8859_1);
        var reader = new HeadReader.OfRequest(head, 8192, 8192);
        if (!reader.read(in) || reader.failure() != null) {
            throw new AssertionError("the test's own request is malformed: " + reader.failure());
        }
        in.release();
        return down(head);
    }

    PhaseBench piece(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return down(channel.alloc().directBuffer(bytes.length).writeBytes(bytes));
    }

    PhaseBench end() {
        return down(MessageEnd.END);
    }

    PhaseBench get(String path, String lines) {
        return head("GET " + path, lines).end();
    }

    PhaseBench post(String body) {
        return head("POST /v1/chat/completions", KEY).piece(body).end();
    }

    /// Without running the loop's tasks: blocking work may be adding one.
    private PhaseBench down(Object message) {
        channel.writeOneInbound(message);
        return this;
    }

    /// Lets blocking work go and takes in what it found.
    PhaseBench answerWaiting() {
        answers.release(100);
        return settle();
    }

    /// Waits until no blocking work runs, then runs what it left for the loop.
    PhaseBench settle() {
        Eventually.until("blocking work is done", () -> offload.running() == 0);
        channel.runPendingTasks();
        channel.checkException();
        return this;
    }

    /// The client goes away.
    PhaseBench leave() {
        channel.pipeline().fireChannelInactive();
        return this;
    }

    Up up() {
        settle();
        int status = 0;
        Map<String, String> headers = new HashMap<>();
        StringBuilder body = new StringBuilder();
        boolean whole = false;
        List<Signal> signals = new ArrayList<>();
        for (Object message = channel.readOutbound(); message != null; message = channel.readOutbound()) {
            switch (message) {
                case ResponseHead reply -> {
                    status = reply.status();
                    headers.putAll(headers(reply));
                }
                case ByteBuf piece -> {
                    body.append(piece.toString(StandardCharsets.ISO_8859_1));
                    piece.release();
                }
                case MessageEnd _ -> whole = true;
                case Signal signal -> signals.add(signal);
                default -> throw new AssertionError("unexpected " + message);
            }
        }
        return new Up(status, headers, body.toString(), whole, signals);
    }

    /// Copied: the head is its connection's, which fills it anew.
    private Map<String, String> headers(ResponseHead reply) {
        ByteBuf written = loop.headWriter()
                .response(reply, HeadWriter.Framing.NONE, HeadWriter.Persistence.IMPLIED, 0, channel.alloc());
        Map<String, String> headers = new HashMap<>();
        for (String line : written.toString(StandardCharsets.ISO_8859_1).split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
            }
        }
        written.release();
        return headers;
    }

    @Override
    public void close() {
        answerWaiting();
        channel.finishAndReleaseAll();
        provider.close();
        offload.close();
    }
}
