package ai.artcafe.nats.app;

import ai.artcafe.nats.IncomingNatsMetadata;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Applies readings as the tracker does: batches, on a virtual thread, acknowledged at the end. */
@ApplicationScoped
class Readings {

    private final List<String> applied = new CopyOnWriteArrayList<>();
    private final List<String> watched = new CopyOnWriteArrayList<>();

    @Incoming("readings")
    @RunOnVirtualThread
    void apply(List<byte[]> batch) {
        for (byte[] reading : batch) {
            String text = new String(reading, StandardCharsets.UTF_8);
            if (text.equals("broken")) {
                throw new IllegalStateException("cannot apply");
            }
            applied.add(text + (Thread.currentThread().isVirtual() ? "" : " blocked a thread"));
        }
    }

    @Incoming("watched")
    CompletionStage<Void> watch(Message<byte[]> message) {
        watched.add(message.getMetadata(IncomingNatsMetadata.class).orElseThrow().subject());
        return message.ack();
    }

    List<String> applied() {
        return applied;
    }

    List<String> watched() {
        return watched;
    }
}
