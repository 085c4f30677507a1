package ai.artcafe.tracker.reading;

import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Takes sources off the list that have not been heard for too long: a server that was killed, a
 * gateway that died. Until then they hold back what the ledger says it is complete through.
 *
 * <p>Only a tracker that has itself heard the platform all the while can tell a dead source from
 * its own deafness. A NATS server that is part of no cluster is all there is: any other that is
 * still on the list was there before it, and leaves at once.
 */
public final class SilentSources {

    private static final Logger LOG = Logger.getLogger(SilentSources.class);

    /** For how long a NATS server that is not there must have been silent, at least. */
    private static final Duration REPLACED_AFTER = Duration.ofSeconds(5);

    private static final String NATS = ReadingSource.natsServer("N").key().substring(0, 2);

    private final Ledger ledger;
    private final ConnectionTable table;
    private final ConnectionMonitor monitor;
    private final Duration goneAfter;
    private final Clock clock;
    private final LongAdder gone = new LongAdder();
    private Instant listeningSince; // guarded by this

    public SilentSources(
            Ledger ledger,
            ConnectionTable table,
            ConnectionMonitor monitor,
            Duration goneAfter,
            Clock clock) {
        this.ledger = ledger;
        this.table = table;
        this.monitor = monitor;
        this.goneAfter = goneAfter;
        this.clock = clock;
        this.listeningSince = clock.instant();
    }

    /**
     * @param listening whether a NATS server has just answered and the platform's bus is connected
     */
    public synchronized void sweep(boolean listening) {
        Instant now = clock.instant();
        if (!listening || listeningSince.isAfter(now)) {
            listeningSince = now;
        }
        if (!listening) {
            return;
        }
        boolean certain = !listeningSince.plus(goneAfter).isAfter(now);
        Optional<String> only =
                monitor.onlyServer().map(server -> ReadingSource.natsServer(server).key());
        if (!certain && only.isEmpty()) {
            return;
        }
        try {
            Map<String, Instant> sources = ledger.sources();
            sources.forEach((key, at) -> {
                boolean replaced =
                        key.startsWith(NATS)
                                && only.filter(there -> !there.equals(key)).isPresent()
                                && at.plus(REPLACED_AFTER).isBefore(now);
                if (replaced || certain && at.plus(goneAfter).isBefore(now)) {
                    leave(key, at, now);
                }
            });
        } catch (LedgerUnavailableException e) {
            listeningSince = now;
        }
    }

    /** Sources that were taken off the list. */
    public long gone() {
        return gone.sum();
    }

    private void leave(String key, Instant at, Instant now) {
        String server = key.startsWith(NATS) ? key.substring(NATS.length()) : "";
        Instant missed = monitor.missedSince(server).orElse(now);
        LOG.warnf("Source is gone: source=%s read_through=%s missed_since=%s", key, at, missed);
        gone.increment();
        ledger.leave(key, missed);
        table.forget(key);
        monitor.forget(server);
    }
}
