package ai.artcafe.tracker.reconcile;

import ai.artcafe.tracker.reading.LedgerFeed;
import ai.artcafe.tracker.reading.Round;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/** A round of the {@link LedgerFeed} that begins after it was asked for. */
public final class NextRound implements Supplier<Round> {

    private static final Round NONE = new Round(Instant.EPOCH, false, Set.of(), Set.of(), 0);

    private final LedgerFeed feed;
    private volatile Round latest = NONE;

    public NextRound(LedgerFeed feed) {
        this.feed = feed;
        feed.onRound(round -> latest = round);
    }

    /** Not complete when there was none. */
    @Override
    public Round get() {
        latest = NONE;
        feed.run();
        return latest;
    }
}
