package io.deltallm.netty.exchange;

import io.deltallm.codec.http.HeadWriter;
import io.deltallm.codec.json.ByteBlock;
import io.deltallm.netty.loop.DeadlineWheel;
import io.deltallm.netty.loop.LoopBuffers;
import io.deltallm.netty.upstream.LoopPool;
import io.deltallm.policy.identity.KeyHasher;
import io.netty.channel.EventLoop;
import java.util.SplittableRandom;

/// What every exchange of one event loop shares. Confined to that loop.
///
/// @param block what is passing is read in; of no meaning beyond one call
/// @param random picks targets and request ids: nothing of it has to be unpredictable
public record Loop(
        EventLoop eventLoop,
        DeadlineWheel wheel,
        LoopBuffers buffers,
        ByteBlock block,
        HeadWriter headWriter,
        LoopPool upstream,
        KeyHasher hasher,
        SplittableRandom random) {}
