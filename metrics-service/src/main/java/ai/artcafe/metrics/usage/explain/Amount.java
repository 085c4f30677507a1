package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.model.usage.Traffic;

/**
 * What is booked, or what two bookings differ by.
 *
 * @param published adjustments included, control not
 * @param connections connections opened
 */
public record Amount(
        Traffic published,
        Traffic delivered,
        Traffic control,
        Traffic adjustments,
        long connections) {

    static final Amount NONE =
            new Amount(Traffic.NONE, Traffic.NONE, Traffic.NONE, Traffic.NONE, 0);

    static Amount of(Booked booked) {
        return new Amount(
                booked.totals().published(),
                booked.totals().delivered(),
                booked.totals().control(),
                booked.adjustments(),
                booked.totals().connections());
    }

    Amount plus(Amount other) {
        return new Amount(
                published.plus(other.published),
                delivered.plus(other.delivered),
                control.plus(other.control),
                adjustments.plus(other.adjustments),
                connections + other.connections);
    }

    Amount minus(Amount other) {
        return new Amount(
                published.minus(other.published),
                delivered.minus(other.delivered),
                control.minus(other.control),
                adjustments.minus(other.adjustments),
                connections - other.connections);
    }

    /** What its connections' counters say that it took in: with control, without adjustments. */
    Traffic takenIn() {
        return published.plus(control).minus(adjustments);
    }
}
