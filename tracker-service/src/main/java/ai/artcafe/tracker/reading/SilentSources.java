package ai.artcafe.tracker.reading;

import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Takes sources off the list that have not been heard for too long: a server that was stopped, a
 * gateway that died. Until then they hold back what the ledger says it is complete through.
 *
 * <p>Only a tracker that has itself heard the platform all the while can tell a dead source from
 * its own deafness.
 */
public final class SilentSources {

    private static final Logger LOG = Logger.getLogger(SilentSources.class);

    private final Ledger ledger;
    private final ConnectionTable table;
    private final Duration goneAfter;
    private final Clock clock;
    private Instant listeningSince; // guarded by this

    public SilentSources(Ledger ledger, ConnectionTable table, Duration goneAfter, Clock clock) {
        this.ledger = ledger;
        this.table = table;
        this.goneAfter = goneAfter;
        this.clock = clock;
        this.listeningSince = clock.instant();
    }

    /**
     * @param listening whether a NATS server has just answered and the platform's bus is connected
     */
    public synchronized void sweep(boolean listening) {
        Instant now = clock.instant();
        if (!listening) {
            listeningSince = now;
            return;
        }
        if (listeningSince.plus(goneAfter).isAfter(now)) {
            return;
        }
        try {
            Map<String, Instant> sources = ledger.sources();
            sources.forEach((key, at) -> {
                if (at.plus(goneAfter).isBefore(now)) {
                    leave(key, at, now);
                }
            });
        } catch (LedgerUnavailableException e) {
            listeningSince = now;
        }
    }

    private void leave(String key, Instant at, Instant now) {
        LOG.warnf("Source is gone: source=%s read_through=%s", key, at);
        ledger.leave(key, now);
        table.forget(key);
    }
}
