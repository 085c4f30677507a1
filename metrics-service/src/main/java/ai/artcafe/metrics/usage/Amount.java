package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.model.usage.Traffic;

/**
 * What is booked, what bookings add up to, or what two of them differ by.
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

    public static final Amount NONE =
            new Amount(Traffic.NONE, Traffic.NONE, Traffic.NONE, Traffic.NONE, 0);

    public static Amount of(Booked booked) {
        return new Amount(
                booked.totals().published(),
                booked.totals().delivered(),
                booked.totals().control(),
                booked.adjustments(),
                booked.totals().connections());
    }

    public Amount plus(Amount other) {
        return new Amount(
                published.plus(other.published),
                delivered.plus(other.delivered),
                control.plus(other.control),
                adjustments.plus(other.adjustments),
                connections + other.connections);
    }

    public Amount minus(Amount other) {
        return new Amount(
                published.minus(other.published),
                delivered.minus(other.delivered),
                control.minus(other.control),
                adjustments.minus(other.adjustments),
                connections - other.connections);
    }

    /** What its connections' counters say that it took in: with control, without adjustments. */
    public Traffic takenIn() {
        return published.plus(control).minus(adjustments);
    }
}
