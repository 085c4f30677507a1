package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyAlert;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.tracker.flow.FlowHistory;
import ai.artcafe.tracker.flow.FlowListener;
import ai.artcafe.tracker.flow.FlowMinute;
import ai.artcafe.tracker.reconcile.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Looks for anomalies in the minutes of the enterprise tenants, on the tracker that holds the
 * lease. Models are derived: after a change of trackers they are built anew, so many a second, and
 * the anomalies that were open are taken over.
 *
 * <p>Thread-safe; {@link #tend} is called by one thread at a time.
 */
public final class AnomalyWatch implements FlowListener {

    private static final Logger LOG = Logger.getLogger(AnomalyWatch.class);

    /** For how long another tracker may have the lease before the models are given up. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** After how long without any traffic a tenant is not watched any more. */
    private static final Duration IDLE = Duration.ofDays(1);

    /** After how long a minute that nobody knows anything of is passed over. */
    private static final Duration UNKNOWN = Duration.ofMinutes(10);

    private final Parts parts;
    private final AnomalyConfig config;
    private final AnomalyCounts counts;
    private final Clock clock;
    private final ModelBuilder builder;
    private final AnomalyOutbox outbox;
    private final Map<TenantId, Seat> seats = new ConcurrentHashMap<>();
    private volatile Instant lastLeading = Instant.MIN;

    /**
     * What it works with.
     *
     * @param leading whether this tracker holds the lease
     */
    public record Parts(
            BooleanSupplier leading,
            FlowHistory history,
            ToldMinutes told,
            AnomalyStore store,
            StateBoard board,
            Alerts alerts) {}

    public AnomalyWatch(Parts parts, AnomalyConfig config, AnomalyCounts counts, Clock clock) {
        this.parts = parts;
        this.config = config;
        this.counts = counts;
        this.clock = clock;
        this.builder = new ModelBuilder(parts.history(), config);
        this.outbox = new AnomalyOutbox(parts.store());
    }

    @Override
    public void minute(FlowMinute told) {
        if (!told.tier().includes(Tier.ENTERPRISE)) {
            leave(told.tenant());
            return;
        }
        seat(told.tenant()).ifPresent(seat -> take(seat, Minute.of(told)));
    }

    private Optional<Seat> seat(TenantId tenant) {
        Seat seat = seats.get(tenant);
        if (seat == null && seats.size() >= config.maxTenants()) {
            counts.refused();
            return Optional.empty();
        }
        return Optional.of(
                seats.computeIfAbsent(
                        tenant, t -> new Seat(t, Duration.ofMinutes(config.endAfterMinutes()))));
    }

    private void take(Seat seat, Minute minute) {
        tell(seat.take(minute));
        seat.state()
                .ifPresent(state -> {
                    counts.judged();
                    parts.board().show(seat.tenant(), state);
                });
    }

    private void tell(List<AnomalyLog.Change> changes) {
        for (AnomalyLog.Change change : changes) {
            Anomaly anomaly = change.anomaly();
            outbox.put(anomaly);
            switch (change) {
                case AnomalyLog.Change.Began _ -> {
                    counts.began(anomaly.type());
                    LOG.infof(
                            "Anomaly began: tenant=%s id=%s severity=%s observed=%s",
                            anomaly.tenantId(),
                            anomaly.id(),
                            anomaly.severity().id(),
                            anomaly.observed());
                    alert(AnomalyAlert.Event.BEGAN, anomaly);
                }
                case AnomalyLog.Change.Worse _ -> {
                    // the item says so, nobody is told again
                }
                case AnomalyLog.Change.Ended _ -> alert(AnomalyAlert.Event.ENDED, anomaly);
            }
        }
    }

    private void alert(AnomalyAlert.Event event, Anomaly anomaly) {
        parts.alerts().tell(new AnomalyAlert(event, clock.instant(), anomaly));
    }

    /** Writes, builds, and notices silence. To be called about every second. */
    public void tend() {
        outbox.flush();
        Instant now = clock.instant();
        if (parts.leading().getAsBoolean()) {
            lastLeading = now;
            build();
            listen(now);
        } else if (lastLeading.isBefore(now.minus(GRACE)) && !seats.isEmpty()) {
            LOG.infof("Another tracker looks for anomalies now: tenants=%d", seats.size());
            seats.clear();
        }
    }

    /** Writes what waits, before the end. */
    public void flush() {
        outbox.flush();
    }

    /** Builds the models that are wanted, not more of them at once than are allowed a second. */
    private void build() {
        seats.values().stream()
                .filter(seat -> seat.wanted().isPresent())
                .limit(config.rebuildsPerSecond())
                .forEach(this::build);
    }

    private void build(Seat seat) {
        Instant before = seat.wanted().orElseThrow();
        try {
            List<Anomaly> open =
                    parts.store()
                            .open(seat.tenant(), before.minus(Tier.ENTERPRISE.detailRetention()));
            TenantModel model = builder.build(seat.tenant(), before);
            tell(seat.begin(model, open));
            counts.rebuilt();
            seat.state().ifPresent(state -> parts.board().show(seat.tenant(), state));
        } catch (StoreAwayException | StoreUnavailableException e) {
            LOG.warnf(
                    "Model not built, will be tried again: tenant=%s reason=%s",
                    seat.tenant(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Model not built, will be tried again: tenant=%s", seat.tenant());
        }
    }

    /** Takes in the minutes of which nothing was told because nothing flowed. */
    private void listen(Instant now) {
        Map<Instant, List<Seat>> due = new HashMap<>();
        for (Seat seat : seats.values()) {
            seat.next()
                    .filter(minute ->
                            !FlowSpan.MINUTE.end(minute).plus(config.silence()).isAfter(now))
                    .ifPresent(minute ->
                            due.computeIfAbsent(minute, _ -> new ArrayList<>()).add(seat));
        }
        due.forEach((minute, silent) -> listen(minute, silent, now));
    }

    private void listen(Instant minute, Collection<Seat> quiet, Instant now) {
        Set<TenantId> silent;
        try {
            silent = parts.told().silent(quiet.stream().map(Seat::tenant).toList(), minute);
        } catch (StoreUnavailableException e) {
            LOG.debugf("Silence not known: minute=%s reason=%s", minute, e.getMessage());
            return;
        }
        for (Seat seat : quiet) {
            if (silent.contains(seat.tenant())) {
                take(seat, Minute.silent(minute));
                if (seat.lastTraffic().isBefore(minute.minus(IDLE))) {
                    leave(seat.tenant());
                }
            } else if (minute.plus(UNKNOWN).isBefore(now)) {
                seat.skipTo(FlowSpan.MINUTE.end(minute));
                counts.lost();
            }
        }
    }

    /** The tenant is watched no longer; what was open is over. */
    private void leave(TenantId tenant) {
        Seat seat = seats.remove(tenant);
        if (seat != null) {
            tell(seat.end());
            parts.board().remove(tenant);
        }
    }

    /** How many tenants are watched. */
    public int tenants() {
        return seats.size();
    }

    /** How many of them have no model yet. */
    public int unbuilt() {
        return (int) seats.values().stream().filter(seat -> seat.next().isEmpty()).count();
    }

    /** How many anomalies wait to be written. */
    public int unwritten() {
        return outbox.waiting();
    }

    public AnomalyCounts counts() {
        return counts;
    }
}
