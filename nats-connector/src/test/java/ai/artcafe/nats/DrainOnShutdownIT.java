package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainOnShutdownIT {

    private final Receiver receiver = new Receiver();
    private Bus bus;

    @BeforeEach
    void connect() throws Exception {
        bus = new Bus(LocalStack.shared(Backing.NATS));
    }

    @AfterEach
    void close() throws Exception {
        bus.close();
    }

    @Test
    void whatIsInWorkIsAcknowledgedBeforeTheConnectionCloses() throws Exception {
        IncomingChannel channel =
                bus.incoming(
                        receiver,
                        Map.of("auto-acknowledgement", "false", "drain-timeout", "60000"));
        receiver.request(1);
        CompletableFuture<String> inWork = bus.ask("in work");
        CompletableFuture<String> waiting = bus.ask("waiting");
        Eventually.isTrue(() -> receiver.received.size() == 1);
        Eventually.isTrue(() -> bus.meter("artcafe.nats.pending") == 1);

        CompletableFuture<Void> drained =
                CompletableFuture.runAsync(channel::drain, Thread::startVirtualThread);
        Eventually.isTrue(() -> bus.listeners() == 0);
        assertThat(bus.ask("too late")).failsWithin(Duration.ofSeconds(30));
        assertThat(drained).isNotDone();
        receiver.received.get(0).ack();
        receiver.request(1);
        Eventually.isTrue(() -> receiver.received.size() == 2);
        receiver.received.get(1).ack();
        drained.get(30, TimeUnit.SECONDS);
        bus.tracker.close(Duration.ofSeconds(30));

        assertThat(inWork.get(30, TimeUnit.SECONDS)).isEqualTo("+ACK");
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("+ACK");
    }

    @Test
    void whatNobodyAsksForAnyMoreIsGivenBackInTime() throws Exception {
        IncomingChannel channel =
                bus.incoming(
                        receiver, Map.of("auto-acknowledgement", "false", "drain-timeout", "200"));
        CompletableFuture<String> waiting = bus.ask("waiting");
        Eventually.isTrue(() -> bus.meter("artcafe.nats.pending") == 1);

        channel.drain();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("-NAK");
    }
}
