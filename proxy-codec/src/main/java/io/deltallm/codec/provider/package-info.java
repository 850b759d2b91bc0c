/// Places that speak a dialect: base URL, credential, what they support. An OpenAI-compatible provider is a row of
/// data, not a class. Netty-free, so that policy may use it.
@NullMarked
package io.deltallm.codec.provider;

import org.jspecify.annotations.NullMarked;
