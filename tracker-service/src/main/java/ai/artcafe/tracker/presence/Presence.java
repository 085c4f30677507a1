package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.Door;
import ai.artcafe.model.signal.GatewaySignals;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.tracker.Fanout;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.reconcile.SlotMap;
import ai.artcafe.tracker.reconcile.Tenancy;
import ai.artcafe.tracker.tap.ControlListener;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Keeps who is there: takes in heartbeats from the tap and from the gateways and what the ledger
 * learns of connections, and has the store say how the agents are.
 *
 * <p>What is heard may be told by any thread; each of {@link #run}, {@link #check} and {@link
 * #keepHistory} by one thread at a time. While Redis is away, the latest of each agent waits.
 */
public final class Presence {

    private static final Logger LOG = Logger.getLogger(Presence.class);

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Of so many checks one looks at all tenants, not only those of which something is known. */
    private static final int FULL_CHECK_EVERY = 4;

    private final PresenceStore store;
    private final ChangeArchive archive;
    private final SlotMap slots;
    private final Lease lease;
    private final Function<TenantId, Duration> retention;
    private final PresenceConfig config;
    private final Clock clock;
    private final Figures figures = new Figures();
    private final SelfReportReader reader;
    private final PresenceIntake intake;
    private final Waiting waiting;
    private final OpenConnections connections;

    private volatile boolean checkIsDue;
    private volatile Instant heardSince = Instant.EPOCH;
    private volatile Instant lastRun = Instant.EPOCH;
    private Instant lastHeard = Instant.EPOCH; // of the running thread only
    private boolean away; // of the running thread only
    private int checks; // of the checking thread only

    /**
     * @param retention for how long an agent that left is known, and its changes are kept
     */
    public Presence(
            PresenceStore store,
            ChangeArchive archive,
            SlotMap slots,
            Lease lease,
            Function<TenantId, Duration> retention,
            PresenceConfig config,
            Clock clock) {
        this.store = store;
        this.archive = archive;
        this.slots = slots;
        this.lease = lease;
        this.retention = retention;
        this.config = config;
        this.clock = clock;
        this.reader = new SelfReportReader(config.maxMetrics(), figures::ignore);
        this.intake = new PresenceIntake(config, reader, figures, clock);
        this.waiting = new Waiting(config.maxWaiting(), figures);
        this.connections = new OpenConnections(config.rememberedConnections());
    }

    public PresenceConfig config() {
        return config;
    }

    /** Hears the tap's control messages. */
    public ControlListener listener() {
        return intake;
    }

    /** Takes the heartbeats of a gateway's sockets, which it has itself let in. */
    void take(GatewaySignals signals) {
        Instant now = clock.instant();
        for (GatewaySignals.Heartbeat beat : signals.heartbeats()) {
            Instant at = arrival(beat.at(), signals.at(), now);
            byte[] frame =
                    beat.frame()
                            .map(text -> text.getBytes(StandardCharsets.UTF_8))
                            .orElse(new byte[0]);
            SelfReport report =
                    frame.length > config.maxPayload()
                            ? SelfReport.NOTHING
                            : reader.read(frame, beat.tenantId(), beat.agentId(), now);
            waiting.add(
                    beat.tenantId(),
                    beat.agentId(),
                    report.type().equals("presence")
                            ? Facts.report(at, report)
                            : Facts.heartbeat(at, Door.WEBSOCKET, report));
        }
    }

    /** A gateway's clock may be ahead; what it sent long ago stays old. */
    private static Instant arrival(Instant at, Instant sent, Instant now) {
        Instant byAge = now.minus(Duration.between(at, sent));
        Instant earlier = at.isBefore(byAge) ? at : byAge;
        return earlier.isAfter(now) ? now : earlier;
    }

    /** These readings are in the ledger. */
    public void applied(Collection<Applied> batches) {
        connections.applied(batches, waiting::add);
    }

    /** A source was given up: its connections are open no longer. */
    public void sourceLeft() {
        connections.forget();
        checkIsDue = true;
    }

    /**
     * Takes in what was heard, and looks at the agents whose time has come.
     *
     * @param listening whether heartbeats would be heard now
     * @return whether all of it was taken in
     */
    public boolean run(boolean listening) {
        Instant now = clock.instant();
        boolean done = true;
        try {
            Set<TenantId> due = new HashSet<>();
            if (lastHeard.isAfter(now) || !lastHeard.plus(SECOND).isAfter(now)) {
                heardSince = store.heard(now, listening);
                lastHeard = now;
                due.addAll(store.takeDue(now));
            }
            intake.drain(slots, waiting::add);
            done = takeIn(due, now);
            if (checkIsDue) {
                checkIsDue = false;
                check(store.tenants());
            }
            lastRun = now;
            if (away && done) {
                LOG.info("Presence's store is back");
                away = false;
            }
        } catch (StoreAwayException e) {
            done = false;
            if (!away) {
                LOG.warnf("Presence waits, its store is away: store=%s", e.store());
            }
            away = true;
        }
        return done;
    }

    private boolean takeIn(Set<TenantId> due, Instant now) {
        Map<TenantId, Map<AgentId, Facts>> facts = waiting.take();
        due.forEach(tenant -> facts.putIfAbsent(tenant, Map.of()));
        List<StoreAwayException> failures = new ArrayList<>();
        Fanout.each(
                facts.entrySet(),
                config.concurrency(),
                entry -> {
                    try {
                        evaluate(entry.getKey(), entry.getValue(), now);
                    } catch (StoreAwayException e) {
                        waiting.addAll(entry.getKey(), entry.getValue());
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                });
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return true;
    }

    private void evaluate(TenantId tenant, Map<AgentId, Facts> facts, Instant now) {
        Duration forgetAfter = retention.apply(tenant);
        Iterator<Map.Entry<AgentId, Facts>> each = facts.entrySet().iterator();
        do {
            Map<AgentId, Facts> some = new HashMap<>();
            while (each.hasNext() && some.size() < config.agentsPerScript()) {
                Map.Entry<AgentId, Facts> entry = each.next();
                some.put(entry.getKey(), entry.getValue());
            }
            Evaluated evaluated = store.evaluate(tenant, some, now, heardSince, forgetAfter);
            figures.add(evaluated);
            store.schedule(tenant, evaluated);
            if (evaluated.changes() > 0) {
                store.changed(tenant);
            }
        } while (each.hasNext());
    }

    /**
     * Compares with the ledger's open connections, when this tracker leads, so that nothing stays
     * wrong of which word was lost: also after Redis was emptied.
     */
    public void check() {
        try {
            if (slots.known().isEmpty() || !lease.holds()) {
                return;
            }
            if (checks++ % FULL_CHECK_EVERY == 0 || !store.isComplete()) {
                Set<TenantId> all = new HashSet<>();
                slots.known().values().forEach(tenancy -> all.add(tenancy.tenant()));
                all.addAll(store.tenants());
                check(all);
                store.complete();
            } else {
                check(store.tenants());
            }
        } catch (StoreAwayException e) {
            LOG.debugf("Presence not compared, will retry: store=%s", e.store());
        }
    }

    private void check(Collection<TenantId> tenants) {
        Instant now = clock.instant();
        Set<TenantId> known = new HashSet<>(store.tenants());
        Fanout.each(
                tenants,
                config.concurrency(),
                tenant -> {
                    Map<AgentId, Facts> strays = store.strays(tenant);
                    if (!strays.isEmpty() || known.contains(tenant)) {
                        evaluate(tenant, strays, now);
                    }
                });
    }

    /** Writes changes to the history, when this tracker leads. */
    public void keepHistory() {
        try {
            if (!lease.holds()) {
                return;
            }
            for (TenantId tenant : store.takeChanged()) {
                try {
                    keepHistory(tenant);
                } catch (StoreAwayException e) {
                    store.changed(tenant);
                    throw e;
                }
            }
        } catch (StoreAwayException e) {
            LOG.debugf("Presence's history waits: store=%s", e.store());
        }
    }

    private void keepHistory(TenantId tenant) {
        Duration life = retention.apply(tenant);
        PresenceStore.Changes next = store.unwritten(tenant);
        while (!next.list().isEmpty()) {
            if (next.lost() > 0) {
                LOG.warnf("Changes lost for the history: tenant=%s count=%d", tenant, next.lost());
                figures.historyLost(next.lost());
            }
            archive.write(tenant, next.list(), life);
            store.written(tenant, next);
            figures.historyWritten(next.list().size());
            next = store.unwritten(tenant);
        }
    }

    /** Whose slot it is, as far as that is known. */
    Optional<TenantId> owner(Slot slot) {
        return slots.known(slot).map(Tenancy::tenant);
    }

    public Figures figures() {
        return figures;
    }

    /** Agents of which something waits to be taken in. */
    public int waiting() {
        return waiting.size() + intake.waiting();
    }

    /** When all that was heard had last been taken in. */
    public Instant lastRun() {
        return lastRun;
    }
}
