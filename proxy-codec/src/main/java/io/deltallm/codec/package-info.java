/// Bytes and dialects: functions from bytes to bytes. Nothing here knows channels, stores, files, clocks or threads.
/// Start with `codec.http` for what travels on the wire and `codec.dialect` for what it means.
@NullMarked
package io.deltallm.codec;

import org.jspecify.annotations.NullMarked;
