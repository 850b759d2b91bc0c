package io.deltallm.codec.dialect;

/// What a reply to a client needs to know of its request.
///
/// @param id the exchange's id, of letters, digits and `-`; ids made up for the client begin with their own prefix
/// @param model the model as the client named it
/// @param streamed whether the client asked for a stream
/// @param includeUsage whether its stream shall end with the usage
/// @param createdEpochSeconds the time of the reply
public record ClientCall(String id, String model, boolean streamed, boolean includeUsage, long createdEpochSeconds) {}
