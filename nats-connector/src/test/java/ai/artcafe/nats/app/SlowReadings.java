package ai.artcafe.nats.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Takes half a second for each message. */
@ApplicationScoped
class SlowReadings {

    private static final Duration WORK = Duration.ofMillis(500);

    private final CountDownLatch first = new CountDownLatch(1);

    @Incoming("slow")
    CompletionStage<Void> apply(Message<byte[]> message) {
        first.countDown();
        return CompletableFuture.runAsync(
                        () -> {},
                        CompletableFuture.delayedExecutor(WORK.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(done -> message.ack());
    }

    void awaitFirst() throws InterruptedException {
        if (!first.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no message came");
        }
    }
}
