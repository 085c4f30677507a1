package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.smallrye.reactive.messaging.health.HealthReport;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgementIT {

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
    void theSenderHearsOfAMessageOnlyWhenItWasProcessed() throws Exception {
        bus.incoming(receiver, Map.of("auto-acknowledgement", "false"));
        CompletableFuture<String> answer = bus.ask("reading");
        Message<?> message = received();
        assertThat(answer).isNotDone();

        message.ack().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("+ACK");
        assertThat(bus.meter("artcafe.nats.acks")).isEqualTo(1);
    }

    @Test
    void everySenderOfABatchIsAnswered() throws Exception {
        bus.incoming(receiver, Map.of("auto-acknowledgement", "false", "batch", "true"));
        CompletableFuture<String> one = bus.ask("one");
        CompletableFuture<String> two = bus.ask("two");
        bus.send(1);
        Eventually.isTrue(() -> bus.meter("artcafe.nats.pending") == 3);
        Message<?> batch = received();

        batch.ack().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo("+ACK");
        assertThat(two.get(30, TimeUnit.SECONDS)).isEqualTo("+ACK");
        assertThat(bus.meter("artcafe.nats.acks")).isEqualTo(2);
    }

    @Test
    void aSecondAcknowledgementDoesNothing() throws Exception {
        bus.incoming(receiver, Map.of("auto-acknowledgement", "false"));
        CompletableFuture<String> answer = bus.ask("reading");
        Message<?> message = received();
        message.ack().toCompletableFuture().get(30, TimeUnit.SECONDS);

        message.nack(new IllegalStateException("late")).toCompletableFuture().join();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("+ACK");
        assertThat(bus.meter("artcafe.nats.nacks")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"accept,+ACK", "reject,+TERM", "requeue,-NAK"})
    void theStrategyChoosesTheAnswerToAFailure(String strategy, String word) throws Exception {
        IncomingChannel channel =
                bus.incoming(
                        receiver,
                        Map.of("auto-acknowledgement", "false", "failure-strategy", strategy));
        CompletableFuture<String> answer = bus.ask("reading");

        received().nack(new IllegalStateException("no")).toCompletableFuture().join();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(word);
        assertThat(channel.failure()).isEmpty();
    }

    @Test
    void failStopsTheChannelAndGivesBackWhatItHad() throws Exception {
        IncomingChannel channel =
                bus.incoming(
                        receiver,
                        Map.of("auto-acknowledgement", "false", "failure-strategy", "fail"));
        CompletableFuture<String> failed = bus.ask("failed");
        CompletableFuture<String> waiting = bus.ask("waiting");
        Eventually.isTrue(() -> bus.meter("artcafe.nats.pending") == 2);
        Message<?> message = received();

        CompletableFuture<Void> settled =
                message.nack(new IllegalStateException("disk full")).toCompletableFuture();

        assertThat(settled).isCompletedExceptionally();
        assertThat(failed.get(30, TimeUnit.SECONDS)).isEqualTo("-NAK");
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("-NAK");
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        channel.health().addLiveness(report);
        HealthReport.ChannelInfo health = report.build().getChannels().getFirst();
        assertThat(health.isOk()).isFalse();
        assertThat(health.getMessage()).contains("stopped after a failure", "disk full");
    }

    @Test
    void withAutoAcknowledgementNothingIsAnswered() throws Exception {
        bus.incoming(receiver, Map.of());
        CompletableFuture<String> answer = bus.ask("reading");

        received().ack().toCompletableFuture().get(30, TimeUnit.SECONDS);

        bus.gateway.flush(java.time.Duration.ofSeconds(30));
        assertThat(answer).isNotDone();
        assertThat(bus.meter("artcafe.nats.acks")).isZero();
    }

    private Message<?> received() {
        receiver.request(1);
        Eventually.isTrue(() -> !receiver.received.isEmpty());
        return receiver.received.getFirst();
    }
}
