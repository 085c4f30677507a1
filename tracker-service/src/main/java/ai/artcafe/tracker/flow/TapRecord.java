package ai.artcafe.tracker.flow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps on record when no tap listened at all, so that silence can be told from not having
 * listened. For the platform as a whole: a tenant that one tap lost is seen by the reconciliation.
 *
 * <p>One thread.
 */
@Singleton
public final class TapRecord {

    /**
     * A shorter time is none: the record may be so old when another tracker takes over. Longer than
     * {@link #SAVED} and the life of a lease.
     */
    static final Duration OUTAGE = Duration.ofSeconds(45);

    private static final Duration SAVED = Duration.ofSeconds(15);

    private final FlowShares shares;
    private final TapTimes times;
    private final Clock clock;
    private Optional<Instant> last = Optional.empty();
    private Instant savedAt = Instant.EPOCH;

    @Inject
    public TapRecord(FlowShares shares, TapTimes times, Clock clock) {
        this.shares = shares;
        this.times = times;
        this.clock = clock;
    }

    /** Looks how far the taps are. */
    void look() {
        Optional<Instant> told = shares.toldThrough();
        if (told.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Instant through = told.get().isAfter(now) ? now : told.get();
        Optional<Instant> before = last.isPresent() ? last : times.through();
        before.filter(end -> Duration.between(end, through).compareTo(OUTAGE) > 0)
                .ifPresent(end -> times.outage(end, through));
        if (before.filter(end -> !end.isBefore(through)).isPresent()) {
            last = before;
            return;
        }
        if (last.isEmpty() || Duration.between(savedAt, now).compareTo(SAVED) >= 0) {
            times.listened(through);
            savedAt = now;
        }
        last = Optional.of(through);
    }

    /** Another tracker looks. */
    void forget() {
        last = Optional.empty();
    }
}
