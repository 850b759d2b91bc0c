package io.deltallm.netty.loop;

import org.jspecify.annotations.Nullable;

/// Something that happens unless it is put off or cancelled in time: a timeout. Made once per connection and armed again
/// for each use, so that a request's clocks allocate nothing. Confined to one event loop; see [DeadlineWheel].
public abstract class Deadline {
    @Nullable Deadline previous;
    @Nullable Deadline next;
    int slot = -1;
    long atNanos;

    /// The time is over. The deadline is no longer armed and may be armed again.
    protected abstract void expired();

    public final boolean armed() {
        return slot >= 0;
    }
}
