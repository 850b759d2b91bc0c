package io.deltallm.netty.testing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails the test that leaked a buffer, a TLS engine or a timer, with the place that made it: after each test when every
/// [GatewayFixture] is closed (a running gateway owns buffers rightly), and after each class. Use with `@ExtendWith`,
/// in tests of `EmbeddedChannel`s as well as of whole gateways. Event loops release a moment after a test's last
/// assertion, so what is open is waited for, briefly.
public final class LeakGuard implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final Duration GRACE = Duration.ofSeconds(5);
    static final AtomicInteger RUNNING_GATEWAYS = new AtomicInteger();
    private static final ExtensionContext.Namespace MARKS = ExtensionContext.Namespace.create(LeakGuard.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        mark(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        mark(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (RUNNING_GATEWAYS.get() == 0) {
            assertNothingOpen(context);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertNothingOpen(context);
    }

    private static void mark(ExtensionContext context) {
        context.getStore(MARKS).put(context.getUniqueId(), PresenceLeakDetector.mark());
    }

    private static void assertNothingOpen(ExtensionContext context) {
        long mark = Objects.requireNonNull(context.getStore(MARKS).get(context.getUniqueId(), Long.class));
        Eventually.within(GRACE, () -> PresenceLeakDetector.openSince(mark).isEmpty());
        List<String> open = PresenceLeakDetector.openSince(mark);
        if (!open.isEmpty()) {
            throw new AssertionError(open.size() + " resources leaked by " + context.getDisplayName() + "\n"
                    + String.join("\n", open.subList(0, Math.min(5, open.size()))));
        }
    }
}
