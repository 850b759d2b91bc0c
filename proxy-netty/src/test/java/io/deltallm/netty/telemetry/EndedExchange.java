package io.deltallm.netty.telemetry;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.identity.ModelAccess;
import io.deltallm.policy.limit.CallerLimits;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.ExchangeFacts;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Outcome;
import io.deltallm.policy.telemetry.Timeline;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An exchange that has ended, with good defaults: a streamed chat of 20 ms, of which 50 µs were the gateway's own.
public final class EndedExchange implements ExchangeFacts {
    private final Timeline timeline = new Timeline();
    private String path = "/v1/chat/completions";
    private int status = 200;
    private Outcome outcome = Outcome.COMPLETED;
    private @Nullable ErrorCode error;
    private @Nullable String requestedModel = "fast";
    private @Nullable Target target;
    private @Nullable Caller caller;
    private @Nullable Usage usage = Usage.of(11, 7, 18, 4, 3, false);
    private String route = "chat/completions";

    private EndedExchange(@Nullable Target target) {
        this.target = target;
        timeline.mark(Mark.RECEIVED, 1_000_000_000);
        timeline.mark(Mark.BODY_RECEIVED, 1_000_100_000);
        timeline.mark(Mark.SENT, 1_000_200_000);
        timeline.mark(Mark.FIRST_BYTE, 1_008_200_000);
        timeline.mark(Mark.LAST_BYTE, 1_020_000_000);
    }

    public static EndedExchange at(Target target) {
        return new EndedExchange(target);
    }

    public static EndedExchange refused(ErrorCode code, @Nullable String model) {
        EndedExchange refused = new EndedExchange(null).failedWith(code, Outcome.REFUSED).withStatus(code.status());
        refused.requestedModel = model;
        refused.usage = null;
        return refused;
    }

    public static Target target(String group, String providerName) {
        var base = URI.create("https://" + providerName + ".example/v1");
        var provider =
                Provider.openAi(providerName, base, new Signer.None(), Map.of(), Provider.StreamUsage.OPTION);
        var second = Duration.ofSeconds(1);
        return new Target(
                group + "@" + providerName,
                group,
                provider,
                group + "-upstream",
                1,
                new Target.Clocks(second, second, second, second),
                new Target.PoolSettings(8, 8, second, second),
                Map.of());
    }

    public static Caller caller(String id, @Nullable String alias) {
        return new Caller(
                id, Caller.Kind.VIRTUAL_KEY, alias, null, null, new ModelAccess.All(), CallerLimits.NONE, null, false);
    }

    public EndedExchange withStatus(int newStatus) {
        status = newStatus;
        return this;
    }

    public EndedExchange failedWith(@Nullable ErrorCode code, Outcome how) {
        error = code;
        outcome = how;
        return this;
    }

    public EndedExchange by(Caller who) {
        caller = who;
        return this;
    }

    public EndedExchange withPath(String newPath) {
        path = newPath;
        return this;
    }

    public EndedExchange withRoute(String newRoute) {
        route = newRoute;
        return this;
    }

    @Override
    public String requestId() {
        return "req-1";
    }

    @Override
    public String route() {
        return route;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public @Nullable ErrorCode error() {
        return error;
    }

    @Override
    public @Nullable Caller caller() {
        return caller;
    }

    @Override
    public @Nullable String requestedModel() {
        return requestedModel;
    }

    @Override
    public @Nullable Target target() {
        return target;
    }

    @Override
    public int attempts() {
        return target == null ? 0 : 1;
    }

    @Override
    public boolean streamed() {
        return target != null;
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public Timeline timeline() {
        return timeline;
    }

    @Override
    public long overheadNanos() {
        return 45_000;
    }

    @Override
    public long requestBytes() {
        return 512;
    }

    @Override
    public long responseBytes() {
        return 2048;
    }

    @Override
    public String clientAddress() {
        return "192.0.2.7";
    }
}
