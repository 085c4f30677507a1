package ai.artcafe.tracker.limit;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.model.limit.OverLimit.Excess;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.Lease;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Watches over the limits of the NATS door. Every tracker adds up what it reads; the one that holds
 * the lease tells the gateways, at the end of each window, who was over a limit in it.
 */
@ApplicationScoped
public class LimitWatch {

    private static final Logger LOG = Logger.getLogger(LimitWatch.class);

    private static final Duration WINDOW = Duration.ofSeconds(OverLimit.WINDOW_SECONDS);

    /** Agents in one notice: NATS takes 1 MiB. */
    private static final int TOLD_TOGETHER = 2000;

    private final DoorTraffic traffic = new DoorTraffic(WINDOW);
    private final TenantStandings standings;
    private final Notices notices;
    private final Lease lease;
    private final Clock clock;

    private long window; // of the one thread that looks

    LimitWatch(TenantStandings standings, Notices notices, Lease lease, Clock clock) {
        this.standings = standings;
        this.notices = notices;
        this.lease = lease;
        this.clock = clock;
        this.window = windowOf(clock.instant());
    }

    private static long windowOf(Instant at) {
        return at.getEpochSecond() / OverLimit.WINDOW_SECONDS;
    }

    /** These are in the ledger. Does not block. */
    public void take(Collection<Applied> applied) {
        traffic.take(applied);
    }

    /** Looks whether a window has ended, and tells who was over a limit in it. Blocks. */
    public void look() {
        Instant now = clock.instant();
        long present = windowOf(now);
        if (present == window) {
            return;
        }
        window = present;
        Map<TenantId, Map<AgentId, Long>> published = traffic.cut(now);
        if (!published.isEmpty() && lease.holds()) {
            tell(present, now, excesses(published, now));
        }
    }

    private List<Excess> excesses(Map<TenantId, Map<AgentId, Long>> published, Instant now) {
        List<Excess> excesses = new ArrayList<>();
        try {
            published.forEach((tenant, agents) -> excesses.addAll(of(tenant, agents, now)));
        } catch (StoreAwayException e) {
            LOG.debugf("Limits of the NATS door not looked at: store=%s", e.store());
        }
        return excesses;
    }

    private List<Excess> of(TenantId tenant, Map<AgentId, Long> agents, Instant now) {
        return standings
                .allowed(tenant)
                .filter(Excesses::canBeExceeded)
                .map(may -> Excesses.of(tenant, may, standings.standing(tenant, now), agents))
                .orElseGet(List::of);
    }

    private void tell(long ended, Instant now, List<Excess> excesses) {
        for (int from = 0; from < excesses.size(); from += TOLD_TOGETHER) {
            int to = Math.min(excesses.size(), from + TOLD_TOGETHER);
            notices.tell(new OverLimit(OverLimit.VERSION, ended, now, excesses.subList(from, to)));
        }
    }
}
