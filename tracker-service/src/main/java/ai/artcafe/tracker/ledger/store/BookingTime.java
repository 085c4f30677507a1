package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.usage.BillingPeriod;
import ai.artcafe.model.usage.Period;
import ai.artcafe.tracker.ledger.BillingConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where something that was read is booked.
 *
 * @param hour the first instant of the hour
 * @param late the month that it belongs to, when that is closed already
 */
record BookingTime(Instant hour, Optional<BillingPeriod> late) implements Comparable<BookingTime> {

    private static final Comparator<BookingTime> ORDER =
            Comparator.comparing(time -> time.late.map(BillingPeriod::start).orElseGet(time::hour));

    /** In the order of what is booked there. */
    @Override
    public int compareTo(BookingTime other) {
        return ORDER.compare(this, other);
    }

    /** What decides about it. */
    record Rules(Duration grace, Duration kept) {

        private static final Duration DAY = Duration.ofDays(1);

        /**
         * @throws IllegalArgumentException when months take in what Redis has no hours of any more
         */
        static Rules of(LedgerConfig ledger, BillingConfig billing) {
            Duration kept = ledger.detailLife().minus(DAY);
            if (billing.grace().compareTo(kept) > 0) {
                throw new IllegalArgumentException(
                        "artcafe.billing.grace must be a day less than artcafe.ledger.detail-life"
                                + " or shorter: grace=%s detail_life=%s"
                                        .formatted(billing.grace(), ledger.detailLife()));
            }
            return new Rules(billing.grace(), kept);
        }

        /** What is older than the hours that Redis keeps is booked in the first that it has. */
        BookingTime at(Instant observed, Instant now) {
            Instant current = Period.HOURLY.start(now);
            if (!observed.isBefore(current)) {
                return new BookingTime(current, Optional.empty());
            }
            BillingPeriod month = BillingPeriod.containing(observed);
            if (month.state(now, grace) == BillingPeriod.State.CLOSED) {
                return new BookingTime(current, Optional.of(month));
            }
            Instant oldest = now.minus(kept);
            return new BookingTime(
                    Period.HOURLY.start(observed.isBefore(oldest) ? oldest : observed),
                    Optional.empty());
        }
    }
}
