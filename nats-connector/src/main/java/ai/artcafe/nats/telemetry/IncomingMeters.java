package ai.artcafe.nats.telemetry;

import ai.artcafe.nats.ack.Answer;
import io.micrometer.core.instrument.Counter;
import java.util.function.LongSupplier;

/**
 * What one incoming channel counts.
 *
 * @param overflow messages dropped since the start; held here because the registry holds it weakly
 */
public record IncomingMeters(
        Counter messages,
        Counter batches,
        Counter acks,
        Counter naks,
        Counter terms,
        Counter lost,
        LongSupplier overflow) {

    /** One batch of that many messages went to the application. */
    public void emitted(int size) {
        messages.increment(size);
        batches.increment();
    }

    /** That many messages were given this answer. */
    public void answered(Answer answer, int count) {
        Counter counter =
                switch (answer) {
                    case ACK -> acks;
                    case NAK -> naks;
                    case TERM -> terms;
                };
        counter.increment(count);
    }

    /** That many answers could not be sent. */
    public void unanswered(int count) {
        lost.increment(count);
    }
}
