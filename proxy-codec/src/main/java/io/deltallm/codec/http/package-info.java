/// HTTP messages as bytes: one head type for HTTP/1.1 and HTTP/2, a strict HTTP/1.1 parser (RFC 9112), and the tables of header names.
@NullMarked
package io.deltallm.codec.http;

import org.jspecify.annotations.NullMarked;
