package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.connection.store.LedgerConnections;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Counts the connections of agents that have connected, at both doors. It goes by the trackers'
 * count of open connections as soon as that has taken the new one in; only where there are too
 * many, or the trackers do not say in time, are the NATS servers asked for the agent's connections
 * by name, for so many agents at a time.
 */
@ApplicationScoped
class ArrivalCheck {

    private static final Logger LOG = Logger.getLogger(ArrivalCheck.class);

    /** A connection that was just let in may not be open before. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /** How far the trackers must have read beyond it: they learn who it is a moment later. */
    private static final Duration BEYOND = Duration.ofSeconds(1);

    /** Beyond it the agent is left alone until it connects again. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(2);

    private static final int ASKED_AT_ONCE = 100;

    private final Arrivals arrivals;
    private final LedgerConnections ledger;
    private final Tenants tenants;
    private final Surplus surplus;
    private final Duration patience;
    private final GatewayMeters meters;
    private final Clock clock;

    /** What is known of an agent that has connected. */
    private sealed interface Standing {
        /** It has no more than it may. */
        record Within() implements Standing {}

        /** The trackers have not counted the connection yet. */
        record NotCounted() implements Standing {}

        /** It may have more. */
        record Suspect(Surplus.Case suspect) implements Standing {}
    }

    ArrivalCheck(
            Arrivals arrivals,
            LedgerConnections ledger,
            Tenants tenants,
            Surplus surplus,
            ConnectionConfig config,
            GatewayMeters meters,
            Clock clock) {
        this.arrivals = arrivals;
        this.ledger = ledger;
        this.tenants = tenants;
        this.surplus = surplus;
        this.patience = config.countPatience();
        this.meters = meters;
        this.clock = clock;
    }

    /** One round; blocks. */
    void run() {
        Instant now = clock.instant();
        List<Arrival> due = arrivals.before(now.minus(SETTLING));
        if (due.isEmpty()) {
            return;
        }
        try {
            check(due, now);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            StoreOutages.storeAway(e)
                    .ifPresentOrElse(
                            away -> LOG.warnf("connections cannot be counted away=%s", away),
                            () -> LOG.errorf(e, "connections could not be counted"));
        }
    }

    private void check(List<Arrival> due, Instant now) throws InterruptedException {
        Set<Arrival> counted = counted(due);
        Map<ConnectionOwner.Agent, Long> open =
                ledger.open(counted.stream().map(Arrival::owner).collect(Collectors.toSet()));
        List<Arrival> suspected = new ArrayList<>();
        Set<Surplus.Case> cases = new HashSet<>();
        for (Arrival arrival : due) {
            if (arrival.at().isBefore(now.minus(GIVEN_UP))) {
                done(arrival, GatewayMeters.GIVEN_UP);
                continue;
            }
            OptionalLong count =
                    counted.contains(arrival)
                            ? OptionalLong.of(open.getOrDefault(arrival.owner(), 0L))
                            : OptionalLong.empty();
            switch (standing(arrival, count, now)) {
                case Standing.Within() -> done(arrival, GatewayMeters.WITHIN);
                case Standing.NotCounted() -> {}
                case Standing.Suspect(Surplus.Case suspect) -> {
                    if (cases.size() < ASKED_AT_ONCE || cases.contains(suspect)) {
                        cases.add(suspect);
                        suspected.add(arrival);
                    }
                }
            }
        }
        if (!cases.isEmpty() && surplus.end(cases)) {
            suspected.forEach(arrival -> done(arrival, GatewayMeters.ASKED));
        }
    }

    private void done(Arrival arrival, String outcome) {
        meters.arrival(outcome);
        arrivals.done(arrival);
    }

    /** Those that the trackers have taken into their count; none when that is not known. */
    private Set<Arrival> counted(List<Arrival> due) {
        try {
            Map<String, Instant> through = ledger.countedThrough();
            return due.stream()
                    .filter(arrival ->
                            !through.getOrDefault(arrival.source().key(), Instant.EPOCH)
                                    .isBefore(arrival.at().plus(BEYOND)))
                    .collect(Collectors.toSet());
        } catch (StoreAwayException e) {
            LOG.debugf("the trackers' count is not known store=%s", e.store());
            return Set.of();
        }
    }

    private Standing standing(Arrival arrival, OptionalLong open, Instant now) {
        ConnectionOwner.Agent owner = arrival.owner();
        Optional<TenantRecord> tenant = tenants.find(owner.tenant());
        long limit =
                tenant.map(known -> known.limits().connectionsPerAgent())
                        .orElse(PlanLimits.UNLIMITED);
        if (limit == PlanLimits.UNLIMITED || (open.isPresent() && open.getAsLong() <= limit)) {
            return new Standing.Within();
        }
        if (open.isPresent() || arrival.at().isBefore(now.minus(patience))) {
            return new Standing.Suspect(
                    new Surplus.Case(owner, tenant.orElseThrow().slot(), limit));
        }
        return new Standing.NotCounted();
    }
}
