package io.deltallm.cli;

import io.deltallm.netty.demo.DemoProvider;
import io.deltallm.policy.config.GatewayConfig;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/// What a person sees when the gateway is up.
///
/// @param url where a client on this machine reaches it, without `/v1`
record Welcome(URI url) {
    static Welcome of(GatewayConfig config, InetSocketAddress address) {
        String scheme = config.server().tls() == null ? "http" : "https";
        return new Welcome(URI.create(scheme + "://" + host(address.getAddress()) + ":" + address.getPort()));
    }

    /// "Any address" is one to listen on, not one to call.
    private static String host(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    void printDemo(PrintWriter out, String key) {
        out.println();
        out.println("deltallm " + Release.version() + " is up, with a provider of its own.");
        out.println();
        out.println("  base URL  " + url + "/v1");
        out.println("  key       " + key + "   (for 24 hours)");
        out.println("  models    " + DemoProvider.CHAT_MODEL + ", " + DemoProvider.EMBEDDING_MODEL);
        out.println();
        out.println("Try it:");
        out.println();
        out.println("curl " + url + "/v1/chat/completions -H 'Authorization: Bearer " + key + "'"
                + " -H 'Content-Type: application/json' -d '{\"model\":\"" + DemoProvider.CHAT_MODEL
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}'");
        out.println();
        out.flush();
    }
}
