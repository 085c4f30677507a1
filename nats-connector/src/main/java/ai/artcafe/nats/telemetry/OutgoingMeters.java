package ai.artcafe.nats.telemetry;

import io.micrometer.core.instrument.Counter;
import java.util.function.Function;

/**
 * What one outgoing channel counts.
 *
 * @param nacks the counter of a reason
 */
public record OutgoingMeters(Counter messages, Counter acks, Function<String, Counter> nacks) {

    /** Handed to NATS. */
    public void published() {
        messages.increment();
    }

    /** Confirmed, or handed to NATS where nothing is confirmed. */
    public void acked() {
        acks.increment();
    }

    /** Given up for this reason. */
    public void nacked(String reason) {
        nacks.apply(reason).increment();
    }
}
