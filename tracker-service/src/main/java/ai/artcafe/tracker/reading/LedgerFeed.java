package ai.artcafe.tracker.reading;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import ai.artcafe.tracker.tap.ControlTally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Brings the ledger up to date with the NATS servers, once a second: poll, learn who is who, apply,
 * and only then say up to when the servers have been read. What the ledger does not take in stays
 * in the {@link ConnectionTable} for the next round.
 *
 * <p>One thread at a time; the figures may be read by any.
 */
public final class LedgerFeed {

    private static final Logger LOG = Logger.getLogger(LedgerFeed.class);

    private final ConnectionMonitor monitor;
    private final ConnectionTable table;
    private final RingWatch rings;
    private final Ledger ledger;
    private final ControlTally control;
    private final Runnable settleTap;
    private final Clock clock;
    private final List<Consumer<Round>> listeners = new CopyOnWriteArrayList<>();

    private volatile Instant lastAnswer = Instant.EPOCH;
    private volatile Instant lastApplied = Instant.EPOCH;
    private volatile boolean ledgerAway;
    private volatile boolean listening;
    private volatile Duration lastRound = Duration.ZERO;
    private final LongAdder readings = new LongAdder();
    private final LongAdder rounds = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private long refusedBefore; // guarded by this

    /**
     * @param settleTap waits a moment for the tap to have seen what the servers have counted
     * @param closedRing how many closed connections a server remembers
     */
    public LedgerFeed(
            ConnectionMonitor monitor,
            ConnectionTable table,
            Ledger ledger,
            ControlTally control,
            Runnable settleTap,
            int closedRing,
            Clock clock) {
        this.monitor = monitor;
        this.table = table;
        this.rings = new RingWatch(ledger, closedRing);
        this.ledger = ledger;
        this.control = control;
        this.settleTap = settleTap;
        this.clock = clock;
    }

    /**
     * One round.
     *
     * @return whether all that was read is in the ledger
     */
    public synchronized boolean run() {
        long begun = System.nanoTime();
        try {
            return round();
        } finally {
            lastRound = Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    private boolean round() {
        Poll poll = monitor.poll();
        if (!poll.through().isEmpty()) {
            lastAnswer = clock.instant();
        }
        poll.through()
                .keySet()
                .forEach(server -> monitor.identify(server, table.unidentified(server)));
        settleTap.run();
        boolean applied = false;
        try {
            rings.check(table.takeRings());
            pin();
            applied = apply();
            if (applied) {
                ledger.readThrough(sources(poll.through()));
                lastApplied = clock.instant();
                poll.gone().forEach(this::leave);
            }
            if (ledgerAway) {
                LOG.info("Ledger's store is back");
            }
            ledgerAway = false;
            readRefusedAnew();
        } catch (LedgerUnavailableException e) {
            applied = false;
            if (!ledgerAway) {
                LOG.errorf(
                        "Ledger's store is away, readings are kept: connections=%d reason=%s",
                        table.freshCount(), e.getMessage());
            }
            ledgerAway = true;
        }
        listening = applied && !poll.through().isEmpty();
        if (listening) {
            rounds.increment();
        }
        tell(poll, applied);
        return applied;
    }

    /** The server will not be heard any more, and all that was read of it is in the ledger. */
    private void leave(String server, Instant since) {
        LOG.warnf("NATS server is gone: server=%s since=%s", server, since);
        String source = ReadingSource.natsServer(server).key();
        gone.increment();
        ledger.leave(source, since);
        table.forget(source);
        monitor.forget(server);
    }

    private void tell(Poll poll, boolean applied) {
        boolean complete =
                applied
                        && !poll.through().isEmpty()
                        && poll.missing().isEmpty()
                        && !table.hasUnpinned()
                        && poll.through().keySet().stream().noneMatch(table::hasUnattributed);
        Round round =
                new Round(
                        poll.at(),
                        complete,
                        poll.through().keySet(),
                        poll.missing(),
                        table.unaccounted());
        for (Consumer<Round> listener : listeners) {
            try {
                listener.accept(round);
            } catch (RuntimeException e) {
                LOG.errorf(e, "What follows a round failed");
            }
        }
    }

    /**
     * Has each round told to the listener, on the feed's own thread: the next round waits until it
     * returns.
     */
    public void onRound(Consumer<Round> listener) {
        listeners.add(listener);
    }

    /** The table had no room for some connections: the servers' rings still have them. */
    private void readRefusedAnew() {
        long refused = table.refused();
        if (refused > refusedBefore) {
            refusedBefore = refused;
            monitor.readAnew("connections were refused: sightings=" + refused);
        }
    }

    private void pin() {
        table.toPin().forEach((server, seen) -> table.pinned(server, ledger.pin(server, seen)));
        table.toLookUp()
                .forEach((server, cids) -> {
                    Map<Long, ConnectionOwner.Agent> found = ledger.pinned(server, cids);
                    table.pinned(server, found);
                    Set<Long> unknown = new HashSet<>(cids);
                    unknown.removeAll(found.keySet());
                    table.unattributable(server, unknown);
                });
    }

    private boolean apply() {
        Map<TenantId, List<Observed>> fresh = new LinkedHashMap<>();
        for (Observed observed : table.fresh()) {
            fresh.computeIfAbsent(observed.reading().tenant(), _ -> new ArrayList<>())
                    .add(observed);
        }
        var counts = control.pending();
        Set<TenantId> tenants = new HashSet<>(fresh.keySet());
        tenants.addAll(counts.keySet());
        Instant now = clock.instant();
        List<TenantBatch> batches =
                tenants.stream()
                        .map(tenant ->
                                new TenantBatch(
                                        tenant,
                                        now,
                                        fresh.getOrDefault(tenant, List.of()),
                                        counts.getOrDefault(tenant, List.of())))
                        .toList();
        List<Applied> applied = ledger.apply(batches);
        for (Applied done : applied) {
            table.applied(done.batch().readings());
            readings.add(done.batch().readings().size());
            control.applied(done);
        }
        return applied.size() == batches.size();
    }

    /** A server with a connection that has carried something for no one known is not complete. */
    private Map<ReadingSource, Instant> sources(Map<String, Instant> through) {
        Map<ReadingSource, Instant> sources = new HashMap<>();
        through.forEach((server, at) -> {
            if (!table.hasUnattributed(server)) {
                sources.put(ReadingSource.natsServer(server), at);
            }
        });
        return sources;
    }

    /** Whether in the last round a server answered and everything went into the ledger. */
    public boolean isListening() {
        return listening;
    }

    /** How long the last round took. */
    public Duration lastRound() {
        return lastRound;
    }

    /** Readings that went into the ledger. */
    public long readings() {
        return readings.sum();
    }

    /** Polls that were answered and are in the ledger. */
    public long rounds() {
        return rounds.sum();
    }

    /** NATS servers that said they were leaving. */
    public long gone() {
        return gone.sum();
    }

    /** How often a server's ring had lost closed connections before they could be read. */
    public long ringOverruns() {
        return rings.overruns();
    }

    /** When a server last answered a poll. */
    public Instant lastAnswer() {
        return lastAnswer;
    }

    /** When everything that was read was last in the ledger. */
    public Instant lastApplied() {
        return lastApplied;
    }
}
