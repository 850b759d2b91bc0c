package io.deltallm.netty.ingress;

import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.ResponseHead;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

/// Turns a reply's head into the fields of an HTTP/2 reply: names in lower case, nothing that concerns a connection (RFC
/// 9113 section 8.2.2).
final class Http2ReplyFields {
    private static final AsciiString[] NAMES = names();
    private static final AsciiString CONTENT_LENGTH = NAMES[HeaderName.CONTENT_LENGTH.ordinal()];

    private Http2ReplyFields() {}

    private static AsciiString[] names() {
        HeaderName[] known = HeaderName.values();
        AsciiString[] names = new AsciiString[known.length];
        for (HeaderName name : known) {
            names[name.ordinal()] = AsciiString.cached(name.lowerCase());
        }
        return names;
    }

    static Http2Headers of(ResponseHead head) {
        Http2Headers fields = interim(head.status());
        for (int i = 0; i < head.count(); i++) {
            if (head.passesOn(i)) {
                fields.add(name(head, i), text(head, head.valueStart(i), head.valueEnd(i)));
            }
        }
        if (head.contentLength() >= 0 && !ResponseHead.bodiless(head.status())) {
            fields.add(CONTENT_LENGTH, new AsciiString(Long.toString(head.contentLength())));
        }
        return fields;
    }

    /// A status and no field.
    static Http2Headers interim(int status) {
        return new DefaultHttp2Headers(false).status(new AsciiString(Integer.toString(status)));
    }

    private static AsciiString name(ResponseHead head, int index) {
        HeaderName known = head.name(index);
        return known != null
                ? NAMES[known.ordinal()]
                : text(head, head.nameStart(index), head.nameEnd(index)).toLowerCase();
    }

    /// A copy: the connection's header table remembers it, while the head is filled anew.
    private static AsciiString text(ResponseHead head, int start, int end) {
        return new AsciiString(head.bytes(), start, end - start, true);
    }
}
