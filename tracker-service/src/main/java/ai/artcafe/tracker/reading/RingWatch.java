package ai.artcafe.tracker.reading;

import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.tracker.ledger.Ledger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Notices when a server's ring of closed connections was full and had lost some before they could
 * be read: what those carried after they were last read is with no connection any more. The
 * server's account has it still, and the reconciliation books it from there.
 */
final class RingWatch {

    private static final Logger LOG = Logger.getLogger(RingWatch.class);

    private final Ledger ledger;
    private final int capacity;
    private final LongAdder overruns = new LongAdder();

    /**
     * @param capacity how many closed connections a server remembers
     */
    RingWatch(Ledger ledger, int capacity) {
        this.ledger = ledger;
        this.capacity = capacity;
    }

    /**
     * Looks at rings that were just read, before the servers count as read through again.
     *
     * @param rings by server
     */
    void check(Map<String, Ring> rings) {
        boolean anyFull = rings.values().stream().anyMatch(ring -> ring.total() >= capacity);
        if (!anyFull) {
            return;
        }
        Map<String, Instant> sources = ledger.sources();
        rings.forEach((server, ring) ->
                Optional.ofNullable(sources.get(ReadingSource.natsServer(server).key()))
                        .filter(through -> ring.hasLostSince(through, capacity))
                        .ifPresent(through -> lost(server, ring, through)));
    }

    private void lost(String server, Ring ring, Instant through) {
        overruns.increment();
        LOG.warnf(
                "Ring of closed connections overran, what they carried since is left to the"
                        + " reconciliation: server=%s read_through=%s oldest=%s",
                server, through, ring.oldest());
    }

    long overruns() {
        return overruns.sum();
    }
}
