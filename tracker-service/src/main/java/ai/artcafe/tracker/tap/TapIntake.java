package ai.artcafe.tracker.tap;

import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is done with the messages of the tap, whichever dispatcher they come through. */
public final class TapIntake {

    private final ControlIntake control;
    private final Clock clock;
    private final LongAdder inspected = new LongAdder();
    private final LongAdder implausible = new LongAdder();

    public TapIntake(ControlIntake control, Clock clock) {
        this.control = control;
        this.clock = clock;
    }

    /** Takes a heartbeat or the like, by the slot's number and the subject as the tap gets it. */
    public void control(int slot, String subject, long size, byte[] payload) {
        control.take(slot, TapCounter.withoutSlot(subject), size, payload);
    }

    /**
     * Looks at a message that the sampler has picked.
     *
     * @param sentAt the header, if there is one
     */
    public void inspect(
            TapSampler sampler,
            int slot,
            String subject,
            long size,
            @Nullable String sentAt,
            boolean isServiceError) {
        int latency = TapDetail.UNKNOWN;
        if (sentAt != null) {
            latency = SentAt.latency(sentAt, clock.millis());
            if (latency == TapDetail.UNKNOWN) {
                implausible.increment();
            }
        }
        sampler.add(slot, subject, size, latency, isServiceError);
        inspected.increment();
    }

    /** Messages looked at since the start. */
    public long inspected() {
        return inspected.sum();
    }

    /** Those among them that say that they were sent when they cannot have been. */
    public long implausible() {
        return implausible.sum();
    }
}
