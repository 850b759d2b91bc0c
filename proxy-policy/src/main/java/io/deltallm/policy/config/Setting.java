package io.deltallm.policy.config;

import io.deltallm.policy.config.Form.Choice;
import io.deltallm.policy.config.Form.Flag;
import io.deltallm.policy.config.Form.Masked;
import io.deltallm.policy.config.Form.Size;
import io.deltallm.policy.config.Form.Span;
import io.deltallm.policy.config.Form.SpanOrOff;
import io.deltallm.policy.config.Form.Text;
import io.deltallm.policy.config.Form.Whole;
import io.deltallm.policy.config.Form.Words;
import io.deltallm.policy.config.Spelling.InEnvironment;
import io.deltallm.policy.config.Spelling.InFile;
import java.util.List;
import java.util.stream.Stream;

import static io.deltallm.policy.config.Spelling.env;
import static io.deltallm.policy.config.Spelling.file;
import static io.deltallm.policy.config.Spelling.only;
import static io.deltallm.policy.config.Spelling.restart;

/// The table of settings: where each may be written, its form, its default, what it means. Reading, `config show`, the
/// documentation and the comparison at a reload all work from these rows; `model_list` is read by [ModelReader].
///
/// Of several ways to write one setting the first that is used wins, a variable before the file, and of variables the
/// one with the stronger prefix: `DELTALLM_`, `PROXYLLM_`, `LITELLM_`, none.
// The lists of a row are unmodifiable and forms are records, which the checker cannot know without annotations.
@SuppressWarnings("ImmutableEnumChecker")
enum Setting {
    HOST("server.host", new Text(), "0.0.0.0", "the address to listen on", env("HOST"), restart()),
    PORT("server.port",
            new Whole(0, 65535), "8000", "the port to listen on; 0 takes a free one", env("PORT"), restart()),
    EVENT_LOOP_THREADS("server.event_loop_threads",
            new Whole(0, 1024), "0", "threads that drive sockets; 0 means one a core",
            env("EVENT_LOOP_THREADS"), restart()),
    TRANSPORT("server.transport", Choice.of("auto", "io_uring", "epoll", "nio"), "auto", "how sockets are driven",
            only("DELTALLM_TRANSPORT"), restart()),
    TLS_ENABLED("server.tls.enabled", new Flag(), "true", "false turns TLS off although certificate files are given",
            env("ENABLE_TLS"), restart()),
    TLS_CERT_FILE("server.tls.cert_file",
            new Text(), "", "the certificate chain, PEM; turns TLS on", env("TLS_CERT_FILE"), restart()),
    TLS_KEY_FILE("server.tls.key_file", new Text(), "", "its private key, PEM", env("TLS_KEY_FILE"), restart()),
    TLS_MIN_VERSION("server.tls.min_version",
            Choice.of("1.2", "1.3").or("TLSv1.2", "1.2").or("TLSv1.3", "1.3"), "1.2", "the oldest TLS version spoken",
            env("TLS_MIN_VERSION"), restart()),
    TLS_CLIENT_CA_FILE("server.tls.client_ca_file", new Text(), "", "who signs client certificates, PEM",
            env("TLS_CLIENT_CA_FILE"), restart()),
    TLS_CLIENT_AUTH("server.tls.client_auth",
            Choice.of("none", "optional", "require"), "none", "whether clients show a certificate",
            env("TLS_CLIENT_AUTH"), restart()),
    MAX_BODY("server.max_body",
            new Size(ByteSize.ofKibibytes(1), ByteSize.ofMebibytes(2047)), "64MiB", "the largest request body",
            file("general_settings.max_request_size_mb", "MiB"), env("MAX_BODY")),
    MAX_HEADER("server.max_header",
            new Size(new ByteSize(512), ByteSize.ofMebibytes(1)), "16KiB", "all header fields of a request together",
            restart()),
    MAX_URI("server.max_uri",
            new Size(new ByteSize(64), ByteSize.ofMebibytes(1)), "8KiB", "the longest request target", restart()),
    HEADER_TIMEOUT("server.header_timeout",
            new Span(), "10s", "from the first byte of a request head to its last", restart()),
    IDLE_TIMEOUT("server.idle_timeout",
            new Span(), "75s", "how long a connection without a request stays open", restart()),
    BODY_TIMEOUT("server.body_timeout", new Span(), "60s", "between two reads of a request body", restart()),
    MAX_CONNECTIONS("server.max_connections",
            new Whole(1, Integer.MAX_VALUE), "20000", "client connections open at once", restart()),
    DRAIN_TIMEOUT("server.drain_timeout",
            new Span(), "30s", "how long running exchanges may take when the gateway stops",
            env("DRAIN_TIMEOUT"), restart()),
    STREAM_KEEPALIVE("server.stream_keepalive", new SpanOrOff(), "15s",
            "a provider's silence after which a translated stream carries a sign of life; 0 means never"),
    URL_FETCH_ALLOW_PRIVATE("server.url_fetch.allow_private", new Flag(), "false",
            "whether images and the like are fetched from addresses that are not on the public internet"),
    URL_FETCH_ALLOWED_HOSTS("server.url_fetch.allowed_hosts", new Words(), "",
            "hosts that they are fetched from whatever their address"),
    CORS_ORIGINS("server.cors.allowed_origins", new Words(), "*", "origins that browsers may call from; * means all"),
    CORS_METHODS("server.cors.allowed_methods",
            new Words(), "GET, POST, PUT, PATCH, DELETE, OPTIONS", "methods allowed to them"),
    CORS_HEADERS("server.cors.allowed_headers",
            new Words(), "*", "request headers allowed to them; * means whatever they ask for"),
    CORS_MAX_AGE("server.cors.max_age", new Span(), "24h", "how long a browser may remember that"),

    MASTER_KEY("general.master_key", new Masked(), "", "the key that may do everything; required",
            file("general_settings.master_key"), file("auth.master_key"), env("MASTER_KEY")),
    SALT_KEY("general.salt_key",
            new Masked(), KeySettings.DEFAULT_SALT, "hashed with every key; a change invalidates all stored keys",
            file("general_settings.salt_key"), env("SALT_KEY"), restart()),
    KEY_HEADER("auth.api_key_header", new Text(), "X-API-Key", "a header for keys, besides Authorization",
            file("general_settings.litellm_key_header_name"), file("general_settings.deltallm_key_header_name")),
    INSECURE_NO_AUTH("auth.insecure_no_auth", new Flag(), "false", "true lets everybody in without a key",
            file("general_settings.insecure_no_auth"), only("DELTALLM_INSECURE_NO_AUTH")),

    LIMIT_SCOPE("limits.scope", Choice.of("key", "global"), "key",
            "whether the next three hold for each key that has none of its own, or for all keys together",
            file("general.scope"), file("general_settings.scope")),
    KEY_RPM("limits.requests_per_minute", new Whole(0, 1_000_000_000), "0", "requests a minute; 0 means no limit",
            file("general.max_requests_per_minute"), file("general_settings.rpm_limit")),
    KEY_TPM("limits.tokens_per_minute", new Whole(0, 1_000_000_000_000L), "0", "tokens a minute; 0 means no limit",
            file("general.max_tokens_per_minute"), file("general_settings.tpm_limit")),
    KEY_PARALLEL("limits.max_parallel_requests",
            new Whole(0, 1_000_000), "0", "requests under way at once; 0 means no limit",
            file("general.max_parallel_requests"), file("general_settings.max_parallel_requests")),
    GLOBAL_RPM("limits.global.requests_per_minute",
            new Whole(0, 1_000_000_000), "0", "requests a minute of all keys together"),
    GLOBAL_TPM("limits.global.tokens_per_minute",
            new Whole(0, 1_000_000_000_000L), "0", "tokens a minute of all keys together"),
    GLOBAL_PARALLEL("limits.global.max_parallel_requests",
            new Whole(0, 1_000_000), "0", "requests of all keys under way at once",
            file("general_settings.global_max_parallel_requests")),
    MAX_MODEL_LENGTH("limits.max_model_name", new Whole(1, 4096), "256", "characters of a model name"),
    MAX_JSON_DEPTH("limits.max_json_depth", new Whole(8, 1000), "128", "nested objects and arrays of a request body"),
    VALIDATE("limits.validate",
            new Flag(), "true", "whether temperature, max_tokens and the like are checked before they are sent on"),

    ROUTING_STRATEGY("router.routing_strategy",
            RoutingStrategy.FORM, "simple-shuffle", "which of several entries of one name answers",
            file("router_settings.routing_strategy")),
    DROP_PARAMS("upstream.drop_params", new Flag(), "true",
            "whether request fields that a provider's format cannot carry are left out; false refuses such requests",
            file("litellm_settings.drop_params"), env("DROP_PARAMS")),
    CONNECT_TIMEOUT("upstream.connect_timeout", new Span(), "10s", "to connect to a provider, TLS included"),
    FIRST_BYTE_TIMEOUT("upstream.first_byte_timeout", new Span(), "10m",
            "from a request's last byte to the head of its reply; a whole reply has no head before it is written, hence so long",
            file("router_settings.ttft_timeout")),
    SILENCE_TIMEOUT("upstream.silence_timeout", new Span(), "60s", "between two reads of a streamed reply",
            file("router_settings.stream_timeout"), file("router_settings.stream_idle_timeout")),
    TOTAL_TIMEOUT("router.timeout", new Span(), "10m", "for the whole exchange; a stream that has begun is exempt",
            file("router_settings.timeout"), file("litellm_settings.request_timeout"), file("upstream.timeout")),
    POOL_MAX_CONNECTIONS("upstream.max_connections", new Whole(1, 1_000_000), "1024", "connections to one provider"),
    POOL_MAX_IDLE("upstream.max_idle", new Whole(0, 1_000_000), "256", "of them kept open unused"),
    POOL_IDLE_EXPIRY("upstream.idle_expiry", new Span(), "60s", "how long one is kept unused"),
    POOL_ACQUIRE_TIMEOUT("upstream.acquire_timeout", new Span(), "10s", "how long a request waits for one"),

    DATABASE_URL("database.url", new Masked(), "", "a PostgreSQL URL; without one keys are kept in SQLite",
            file("general_settings.database_url"), env("DATABASE_URL"), restart()),
    DATABASE_PATH("database.path",
            new Text(), "./data/deltallm.db", "the SQLite file", env("DATABASE_PATH"), restart()),
    DATABASE_POOL_SIZE("database.pool_size", new Whole(1, 1000), "10", "connections to PostgreSQL",
            file("general_settings.database_connection_pool_limit"), restart()),
    DATABASE_TIMEOUT("database.connection_timeout", new Span(), "5s", "how long one is waited for",
            file("general_settings.database_connection_timeout"), restart()),

    LOG_LEVEL("logging.level",
            Choice.of("trace", "debug", "info", "warn", "error").or("warning", "warn").or("critical", "error"), "info", "how much is logged",
            file("litellm_settings.log_level"), env("LOG_LEVEL"), only("LITELLM_LOG")),
    LOG_FORMAT("logging.format",
            Choice.of("json", "text").or("console", "text"), "json", "how a line looks", env("LOG_FORMAT"), restart()),
    LOG_FILE("logging.file", new Text(), "", "where lines go; standard output if empty", env("LOG_FILE"), restart()),
    LOG_MAX_SIZE("logging.rotation.max_size",
            new Size(ByteSize.ofKibibytes(1), ByteSize.ofMebibytes(1 << 20)), "10MiB", "rotate the file at this size",
            file("logging.rotation.max_size_mb", "MiB"), env("LOG_MAX_SIZE_MB", "MiB"), restart()),
    LOG_MAX_BACKUPS("logging.rotation.max_files",
            new Whole(0, 10_000), "5", "rotated files that are kept", env("LOG_MAX_BACKUPS"), restart()),
    LOG_ACCESS("logging.access", new Flag(), "true", "one line for each exchange", env("LOG_ACCESS")),

    METRICS_ENABLED("metrics.enabled",
            new Flag(), "true", "whether /metrics answers", file("telemetry.metrics.enabled"), restart()),
    METRICS_REQUIRE_KEY("metrics.require_key", new Flag(), "false", "whether a scrape needs a key",
            file("telemetry.metrics.require_key"), file("litellm_settings.require_auth_for_metrics_endpoint")),
    METRICS_DEFAULT_FORMAT("metrics.default_format", Choice.of("prometheus", "json"), "prometheus",
            "what /metrics is where the request does not say");

    private final Form form;
    private final String defaultText;
    private final String meaning;
    private final List<InFile> inFile;
    private final List<InEnvironment> inEnvironment;
    private final boolean needsRestart;

    Setting(String path, Form form, String defaultText, String meaning, Spelling... more) {
        this.form = form;
        this.defaultText = defaultText;
        this.meaning = meaning;
        this.inFile = Stream.concat(Stream.of(new InFile(path, "")), all(InFile.class, more))
                .flatMap(spelling -> Spelling.bothNames(spelling).stream())
                .toList();
        this.inEnvironment = all(InEnvironment.class, more).toList();
        this.needsRestart = all(Spelling.Restart.class, more).findAny().isPresent();
    }

    private static <T> Stream<T> all(Class<T> kind, Spelling... spellings) {
        return Stream.of(spellings).filter(kind::isInstance).map(kind::cast);
    }

    /// The first of [#inFile], which names the setting.
    String path() {
        return inFile.getFirst().path();
    }

    Form form() {
        return form;
    }

    /// As one would write it; empty where there is none.
    String defaultText() {
        return defaultText;
    }

    String meaning() {
        return meaning;
    }

    List<InFile> inFile() {
        return inFile;
    }

    List<InEnvironment> inEnvironment() {
        return inEnvironment;
    }

    boolean needsRestart() {
        return needsRestart;
    }

    boolean secret() {
        return form instanceof Masked;
    }
}
