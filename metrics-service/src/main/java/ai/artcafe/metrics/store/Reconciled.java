package ai.artcafe.metrics.store;

import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What the witnesses said of a tenant's traffic at the NATS door in the settled windows of a day,
 * or of several.
 *
 * @param ledger what its agents' and its gateways' connections have published
 * @param server what the NATS servers have counted for its account
 * @param tap what the servers handed to the tap, while that was listening
 * @param seen what the tap has counted of it
 * @param drift what differs between them and is not explained by what was refused or adjusted
 * @param settledThrough up to when everything has been compared, where anything has
 * @param progress grows with every change: of two values of one day the one with more is newer
 */
public record Reconciled(
        Traffic ledger,
        Traffic server,
        Traffic tap,
        Traffic seen,
        Traffic drift,
        Optional<Instant> settledThrough,
        long progress) {

    public static final Reconciled NOTHING =
            new Reconciled(
                    Traffic.NONE,
                    Traffic.NONE,
                    Traffic.NONE,
                    Traffic.NONE,
                    Traffic.NONE,
                    Optional.empty(),
                    0);

    private static final double PLACES = 1_000_000;

    /** A day, from the fields of {@link ReconciledFields}; absent ones are zero. */
    static Reconciled read(Map<String, String> fields) {
        Day day = new Day(fields);
        return new Reconciled(
                day.traffic(ReconciledFields.LEDGER),
                day.traffic(ReconciledFields.SERVER),
                day.traffic(ReconciledFields.TAP),
                day.traffic(ReconciledFields.SEEN),
                new Traffic(day.unexplained(Traffic::messages), day.unexplained(Traffic::bytes)),
                Optional.of(UsageFields.number(fields, ReconciledFields.SETTLED_THROUGH))
                        .filter(millis -> millis > 0)
                        .map(Instant::ofEpochMilli),
                UsageFields.number(fields, UsageFields.PROGRESS));
    }

    /** Whether anything has been compared. */
    public boolean isKnown() {
        return settledThrough.isPresent();
    }

    /**
     * How much of what it was handed the tap has seen, 0 to 1, rounded down; empty where it was
     * handed nothing.
     */
    public Optional<Double> coverage() {
        if (tap.messages() <= 0) {
            return Optional.empty();
        }
        double share = (double) seen.messages() / tap.messages();
        return Optional.of(Math.clamp(Math.floor(share * PLACES) / PLACES, 0, 1));
    }

    /** Both together, for another day. */
    public Reconciled plus(Reconciled other) {
        return new Reconciled(
                ledger.plus(other.ledger),
                server.plus(other.server),
                tap.plus(other.tap),
                seen.plus(other.seen),
                drift.plus(other.drift),
                latest(settledThrough, other.settledThrough),
                Math.max(progress, other.progress));
    }

    /** The newer of two values of the same day. */
    public Reconciled newest(Reconciled other) {
        return other.progress > progress ? other : this;
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(one.get().isAfter(other.get()) ? one.get() : other.get())
                : one.or(() -> other);
    }

    /**
     * What is published and not booked, if positive, or booked and not published.
     *
     * <p>Two differences ask for an adjustment: what the server has counted beyond the connections,
     * and what was handed to the tap beyond the connections' accepted publishes. They may be about
     * the same messages or about different ones. An amount between the larger of the two and their
     * sum therefore explains both; the rest is drift.
     */
    static long unexplained(long beyondLedger, long beyondAccepted, long adjusted) {
        long atLeast = Math.max(0, Math.max(beyondLedger, beyondAccepted));
        long atMost = Math.max(0, beyondLedger) + Math.max(0, beyondAccepted);
        if (adjusted < atLeast) {
            return atLeast - adjusted;
        }
        return Math.min(0, atMost - adjusted);
    }

    /** The fields of a day. */
    private record Day(Map<String, String> fields) {

        Traffic traffic(String name) {
            return new Traffic(
                    UsageFields.number(fields, name + ReconciledFields.MESSAGES),
                    UsageFields.number(fields, name + ReconciledFields.BYTES));
        }

        long unexplained(ToLongFunction<Traffic> of) {
            long beyondLedger =
                    number(of, ReconciledFields.SERVER) - number(of, ReconciledFields.LEDGER);
            long accepted =
                    number(of, ReconciledFields.TAPPED_LEDGER)
                            - number(of, ReconciledFields.REFUSED);
            return Reconciled.unexplained(
                    beyondLedger,
                    number(of, ReconciledFields.TAP) - accepted,
                    number(of, ReconciledFields.ADJUSTED));
        }

        private long number(ToLongFunction<Traffic> of, String name) {
            return of.applyAsLong(traffic(name));
        }
    }
}
