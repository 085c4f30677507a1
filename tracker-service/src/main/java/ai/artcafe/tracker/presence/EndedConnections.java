package ai.artcafe.tracker.presence;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.reading.Suspect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Counts, as errors of their tenant, the connections that a NATS server ended for what the client
 * did: every tracker hears of them, the one that leads counts. When another begins to lead, a
 * second's worth may be missing or counted twice. One thread at a time.
 */
public final class EndedConnections {

    private static final Logger LOG = Logger.getLogger(EndedConnections.class);

    /** How much later than it ended one may be heard of. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private static final String SIGNAL = ErrorSignal.CONNECTION_ENDED.id();

    private final Function<Instant, Collection<Suspect>> ended;
    private final Presence presence;
    private final ErrorCounts errors;
    private final Lease lease;
    private final Clock clock;
    private Set<String> counted = new HashSet<>();
    private boolean led;

    /**
     * @param ended those that ended at that time or later
     */
    public EndedConnections(
            Function<Instant, Collection<Suspect>> ended,
            Presence presence,
            ErrorCounts errors,
            Lease lease,
            Clock clock) {
        this.ended = ended;
        this.presence = presence;
        this.errors = errors;
        this.lease = lease;
        this.clock = clock;
    }

    /** Counts those that were heard of since the last time. */
    public void count() {
        Instant now = clock.instant();
        Collection<Suspect> late = ended.apply(now.minus(LATE));
        boolean leads = lease.holds();
        Set<String> seen = new HashSet<>();
        Map<TenantId, Map<String, Long>> counts = new HashMap<>();
        for (Suspect suspect : late) {
            String key = suspect.serverId() + "/" + suspect.cid();
            seen.add(key);
            if (leads && led && !counted.contains(key) && isError(suspect)) {
                add(counts, suspect);
            }
        }
        counted = seen;
        led = leads;
        counts.forEach((tenant, fields) -> count(tenant, now, fields));
    }

    private static boolean isError(Suspect suspect) {
        return suspect.mayHaveHidden() || suspect.reason().startsWith("Slow Consumer");
    }

    private void add(Map<TenantId, Map<String, Long>> counts, Suspect suspect) {
        suspect.slot()
                .flatMap(presence::owner)
                .ifPresent(tenant -> {
                    Map<String, Long> fields = counts.computeIfAbsent(tenant, _ -> new HashMap<>());
                    fields.merge(SIGNAL, 1L, Long::sum);
                    suspect.owner()
                            .filter(owner -> owner.tenant().equals(tenant))
                            .ifPresent(owner -> {
                                if (owner instanceof ConnectionOwner.Agent agent) {
                                    fields.merge(SIGNAL + "|" + agent.agent(), 1L, Long::sum);
                                }
                            });
                });
    }

    private void count(TenantId tenant, Instant now, Map<String, Long> fields) {
        long connections = fields.getOrDefault(SIGNAL, 0L);
        try {
            errors.add(tenant, now, fields);
            presence.figures().errorsCounted(connections);
        } catch (StoreAwayException e) {
            presence.figures().errorsDropped(connections);
            LOG.debugf("Ended connections not counted: tenant=%s store=%s", tenant, e.store());
        }
    }
}
