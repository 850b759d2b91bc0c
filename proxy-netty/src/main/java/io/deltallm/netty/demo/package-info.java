/// An upstream inside the process: it speaks enough of OpenAI's API on loopback that a newcomer without any provider
/// key gets an answer from the first command. Start with [DemoProvider]. The gateway treats it like every other
/// provider; nothing here is on the request path of a real one.
@NullMarked
package io.deltallm.netty.demo;

import org.jspecify.annotations.NullMarked;
