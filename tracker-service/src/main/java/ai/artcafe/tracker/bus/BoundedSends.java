package ai.artcafe.tracker.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Messages on their way to the bus, so many at once; those beyond it are dropped. Thread-safe. */
public final class BoundedSends {

    private final Semaphore room;
    private final Counter sent;
    private final Counter dropped;

    /**
     * @param underWay how many may be on their way at once
     * @param counter counts those sent and those dropped, by the tag {@code outcome}
     */
    public BoundedSends(int underWay, MeterRegistry metrics, String counter) {
        this.room = new Semaphore(underWay);
        this.sent = metrics.counter(counter, "outcome", "sent");
        this.dropped = metrics.counter(counter, "outcome", "dropped");
    }

    /**
     * Sends, and returns at once.
     *
     * @param sending puts the message on its way
     * @param onDrop is told why it was not sent
     */
    public void send(Supplier<Uni<Void>> sending, Consumer<String> onDrop) {
        if (!room.tryAcquire()) {
            drop("too many are under way", onDrop);
            return;
        }
        try {
            sending.get()
                    .onTermination()
                    .invoke(room::release)
                    .subscribe()
                    .with(_ -> sent.increment(), failure -> drop(failure.toString(), onDrop));
        } catch (RuntimeException e) {
            room.release();
            drop(e.toString(), onDrop);
        }
    }

    private void drop(String reason, Consumer<String> onDrop) {
        dropped.increment();
        onDrop.accept(reason);
    }
}
