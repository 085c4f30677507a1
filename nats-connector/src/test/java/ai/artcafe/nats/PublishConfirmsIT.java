package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.nats.ack.Answer;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.impl.Headers;
import io.smallrye.mutiny.Multi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishConfirmsIT {

    private static final Map<String, String> CONFIRMED =
            Map.of("publish-confirms", "true", "confirm-timeout", "30000");

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
    void aMessageIsAckedWhenItsReceiverConfirmed() throws Exception {
        answering(message ->
                message.getConnection().publish(message.getReplyTo(), Answer.ACK.payload()));

        assertThat(outcome("reading", CONFIRMED)).isEqualTo("acked");
        assertThat(bus.meter("artcafe.nats.acks")).isEqualTo(1);
    }

    @Test
    void aRefusedMessageIsNackedWithTheReason() throws Exception {
        answering(message ->
                message.getConnection().publish(message.getReplyTo(), Answer.NAK.payload()));

        assertThat(outcome("reading", CONFIRMED)).isEqualTo("NAK");
    }

    @Test
    void aRejectedMessageIsNackedForGood() throws Exception {
        answering(message ->
                message.getConnection().publish(message.getReplyTo(), Answer.TERM.payload()));

        assertThat(outcome("reading", CONFIRMED)).isEqualTo("TERM");
    }

    @Test
    void anUnknownAnswerIsNoConfirm() throws Exception {
        answering(message ->
                message.getConnection()
                        .publish(message.getReplyTo(), "fine".getBytes(StandardCharsets.UTF_8)));

        assertThat(outcome("reading", CONFIRMED)).isEqualTo("UNKNOWN_ANSWER");
    }

    @Test
    void silenceIsATimeout() throws Exception {
        answering(message -> {});

        assertThat(outcome("reading", Map.of("publish-confirms", "true", "confirm-timeout", "100")))
                .isEqualTo("TIMED_OUT");
        Eventually.isTrue(() -> bus.meter("artcafe.nats.outstanding") == 0);
    }

    @Test
    void nobodyListeningIsToldAtOnce() throws Exception {
        assertThat(outcome("reading", CONFIRMED)).isEqualTo("NO_RESPONDERS");
    }

    @Test
    void aPayloadThatIsNotBytesIsInvalid() throws Exception {
        assertThat(outcome(42, CONFIRMED)).isEqualTo("INVALID");
    }

    @Test
    void withoutConfirmsAMessageIsAckedWhenItWasHandedOver() throws Exception {
        assertThat(outcome("reading", Map.of())).isEqualTo("acked");
    }

    @Test
    void aBurstLargerThanTheConnectionsQueueIsHeldBackAndStaysInOrder() throws Exception {
        AtomicInteger count = new AtomicInteger();
        AtomicInteger misplaced = new AtomicInteger();
        answering(message -> {
            int expected = count.getAndIncrement();
            String text = new String(message.getData(), StandardCharsets.UTF_8);
            if (!text.equals(String.valueOf(expected))) {
                misplaced.incrementAndGet();
            }
        });
        AtomicInteger nacked = new AtomicInteger();
        List<Message<?>> burst = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            burst.add(
                    Message.of(
                            String.valueOf(i),
                            () -> CompletableFuture.completedStage(null),
                            reason -> {
                                nacked.incrementAndGet();
                                return CompletableFuture.completedStage(null);
                            }));
        }

        send(bus.outgoing(Map.of()), burst);

        Eventually.isTrue(() -> count.get() == 50_000);
        assertThat(misplaced).hasValue(0);
        assertThat(nacked).hasValue(0);
    }

    @Test
    void theMessageMayNameItsSubjectAndHeaders() throws Exception {
        List<io.nats.client.Message> seen = new CopyOnWriteArrayList<>();
        answering(seen::add);
        Metadata metadata =
                Metadata.of(
                        OutgoingNatsMetadata.to(Bus.SUBJECT)
                                .with(new Headers().add("Source", "gw-1")));
        OutgoingChannel channel = bus.outgoing(Map.of("subject", "artcafe.elsewhere"));

        send(channel, List.of(Message.of("reading", metadata)));

        Eventually.isTrue(() -> seen.size() == 1);
        assertThat(seen.getFirst().getHeaders().getFirst("Source")).isEqualTo("gw-1");
    }

    @Test
    void noMoreIsOnItsWayThanMayBe() throws Exception {
        List<io.nats.client.Message> seen = new CopyOnWriteArrayList<>();
        answering(seen::add);
        AtomicInteger acked = new AtomicInteger();
        List<Message<?>> messages = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            messages.add(
                    Message.of(
                            "m" + i,
                            () -> {
                                acked.incrementAndGet();
                                return CompletableFuture.completedStage(null);
                            }));
        }

        send(
                bus.outgoing(
                        Map.of(
                                "publish-confirms",
                                "true",
                                "max-outstanding",
                                "5",
                                "confirm-timeout",
                                "60000")),
                messages);

        Eventually.isTrue(() -> seen.size() == 5);
        assertThat(bus.meter("artcafe.nats.outstanding")).isEqualTo(5);
        seen.forEach(m -> m.getConnection().publish(m.getReplyTo(), Answer.ACK.payload()));
        Eventually.isTrue(() -> seen.size() == 10);
        Eventually.isTrue(() -> acked.get() == 5);
    }

    private void answering(Consumer<io.nats.client.Message> receiver) throws Exception {
        Connection tracker = bus.tracker.current().orElseThrow();
        Dispatcher dispatcher = tracker.createDispatcher(receiver::accept);
        dispatcher.subscribe(Bus.SUBJECT);
        tracker.flush(Duration.ofSeconds(30));
    }

    private String outcome(Object payload, Map<String, String> attributes) throws Exception {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Message<?> message =
                Message.of(
                        payload,
                        () -> {
                            outcome.complete("acked");
                            return CompletableFuture.completedStage(null);
                        },
                        reason -> {
                            outcome.complete(((PublishFailedException) reason).fault().name());
                            return CompletableFuture.completedStage(null);
                        });
        send(bus.outgoing(attributes), List.of(message));
        return outcome.get(60, TimeUnit.SECONDS);
    }

    @SuppressWarnings("unchecked")
    private static void send(OutgoingChannel channel, List<Message<?>> messages) {
        Multi.createFrom()
                .<Message<?>>iterable(messages)
                .onCompletion()
                .switchTo(Multi.createFrom().nothing())
                .subscribe((java.util.concurrent.Flow.Subscriber<Message<?>>) channel.subscriber());
    }
}
