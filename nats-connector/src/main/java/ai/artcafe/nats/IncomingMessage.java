package ai.artcafe.nats;

import io.smallrye.reactive.messaging.providers.locals.ContextAwareMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** A received message or batch on its way through the application; settled once. */
final class IncomingMessage<T> implements ContextAwareMessage<T> {

    private final T payload;
    private final Metadata metadata;
    private final Supplier<CompletionStage<Void>> onAck;
    private final Function<Throwable, CompletionStage<Void>> onNack;
    private final AtomicBoolean settled = new AtomicBoolean();

    /** Must be made on the Vert.x context that the application shall see. */
    IncomingMessage(
            T payload,
            Object natsMetadata,
            Supplier<CompletionStage<Void>> onAck,
            Function<Throwable, CompletionStage<Void>> onNack) {
        this.payload = payload;
        this.metadata = ContextAwareMessage.captureContextMetadata(natsMetadata);
        this.onAck = onAck;
        this.onNack = onNack;
    }

    @Override
    public T getPayload() {
        return payload;
    }

    @Override
    public Metadata getMetadata() {
        return metadata;
    }

    @Override
    public Function<Metadata, CompletionStage<Void>> getAckWithMetadata() {
        return ignored -> settle(onAck);
    }

    @Override
    public BiFunction<Throwable, Metadata, CompletionStage<Void>> getNackWithMetadata() {
        return (reason, ignored) -> settle(() -> onNack.apply(reason));
    }

    private CompletionStage<Void> settle(Supplier<CompletionStage<Void>> how) {
        return settled.compareAndSet(false, true)
                ? how.get()
                : CompletableFuture.completedStage(null);
    }
}
