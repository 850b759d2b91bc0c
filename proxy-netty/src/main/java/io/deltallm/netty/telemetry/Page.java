package io.deltallm.netty.telemetry;

/// A whole answer of the gateway's own: status, type, bytes. Whoever receives it may write the bytes, not change them.
public final class Page {
    private final int status;
    private final String contentType;
    private final byte[] body;

    public Page(int status, String contentType, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    public byte[] body() {
        return body;
    }
}
