package io.deltallm.netty.media;

import org.jspecify.annotations.Nullable;

/// What a server answered: media, or where they are.
///
/// @param location null for media
@SuppressWarnings("ArrayRecordComponent") // never compared
record MediaReply(@Nullable String location, String contentType, byte[] body) {}
