package io.deltallm.benchmarks.load;

import java.nio.file.Path;

/// The configuration files of the proxies: each as its own documentation advises for a reverse proxy in front of one
/// HTTP/1.1 origin with keep-alive on both sides, no access log, and replies passed on as they come.
final class PeerFiles {
    private PeerFiles() {
    }

    static String nginx(int port, int upstreamPort, Path directory) {
        return """
                daemon off;
                worker_processes 1;
                pid %3$s/nginx.pid;
                error_log %3$s/nginx-error.log warn;
                events { worker_connections 8192; }
                http {
                  access_log off;
                  tcp_nodelay on;
                  keepalive_requests 1000000000;
                  client_body_temp_path %3$s/nginx-body;
                  proxy_temp_path %3$s/nginx-proxy;
                  fastcgi_temp_path %3$s/nginx-fastcgi;
                  uwsgi_temp_path %3$s/nginx-uwsgi;
                  scgi_temp_path %3$s/nginx-scgi;
                  client_body_buffer_size 256k;
                  client_max_body_size 64m;
                  upstream provider {
                    server 127.0.0.1:%2$d;
                    keepalive 1024;
                    keepalive_requests 1000000000;
                  }
                  server {
                    listen 127.0.0.1:%1$d backlog=4096;
                    location / {
                      proxy_pass http://provider;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_buffering off;
                    }
                  }
                }
                """.formatted(port, upstreamPort, directory);
    }

    static String haproxy(int port, int upstreamPort) {
        return """
                global
                  nbthread 1
                  maxconn 4096
                defaults
                  mode http
                  option http-keep-alive
                  option http-no-delay
                  http-reuse always
                  timeout connect 5s
                  timeout client 120s
                  timeout server 120s
                frontend clients
                  bind 127.0.0.1:%1$d backlog 4096
                  default_backend provider
                backend provider
                  server provider 127.0.0.1:%2$d
                """.formatted(port, upstreamPort);
    }

    /// Everything a deployment has on: keys, limits (out of reach, so that they are kept but never refuse), usage,
    /// metrics.
    static String gateway(int port, int upstreamPort, Path directory, boolean accessLog) {
        return """
                model_list:
                  - model_name: bench
                    litellm_params:
                      model: openai/bench-upstream
                      api_base: http://127.0.0.1:%2$d/v1
                      api_key: sk-upstream
                general:
                  master_key: sk-bench-master
                  salt_key: bench-salt
                  max_requests_per_minute: 100000000
                  max_tokens_per_minute: 1000000000000
                server:
                  host: 127.0.0.1
                  port: %1$d
                  event_loop_threads: 1
                database:
                  url: sqlite:///%3$s/bench.db
                logging:
                  level: warn
                  access: %4$b
                """.formatted(port, upstreamPort, directory, accessLog);
    }
}
