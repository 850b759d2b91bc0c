package io.deltallm.netty.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// What is known of the process as a whole: does its database answer, is it on its way out. Thread-safe; asking is one read.
public final class HealthState {

    /// The last word about the database.
    public enum Database {
        /// Nothing is stored; nothing can be down.
        NOT_CONFIGURED("not_configured"),
        /// Not asked yet.
        UNKNOWN("unknown"),
        UP("up"),
        DOWN("down");

        private final String label;

        Database(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// @param since when it last changed
    /// @param draining running exchanges may finish, new ones should go elsewhere
    public record Current(Database database, Instant since, boolean draining) {

        /// Whether new requests should be sent here.
        public boolean ready() {
            return !draining && (database == Database.UP || database == Database.NOT_CONFIGURED);
        }
    }

    private final InstantSource clock;
    private final AtomicReference<Current> current;

    public HealthState(boolean databaseConfigured, InstantSource clock) {
        this.clock = clock;
        Database first = databaseConfigured ? Database.UNKNOWN : Database.NOT_CONFIGURED;
        this.current = new AtomicReference<>(new Current(first, clock.instant(), false));
    }

    public Current current() {
        return current.get();
    }

    /// The database was asked.
    public void databaseProbed(boolean answered) {
        Database now = answered ? Database.UP : Database.DOWN;
        current.updateAndGet(was -> was.database == now ? was : new Current(now, clock.instant(), was.draining));
    }

    /// The process is stopping; there is no way back.
    public void drain() {
        current.updateAndGet(was -> was.draining ? was : new Current(was.database, clock.instant(), true));
    }
}
