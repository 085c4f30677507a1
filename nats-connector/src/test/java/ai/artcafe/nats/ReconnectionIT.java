package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.nats.client.Connection;
import io.smallrye.reactive.messaging.health.HealthReport;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconnectionIT {

    private final Receiver receiver = new Receiver();
    private LocalStack stack;
    private Bus bus;

    @BeforeEach
    void connect() throws Exception {
        stack = LocalStack.builder().with(Backing.NATS).start();
        bus = new Bus(stack);
    }

    @AfterEach
    void close() throws Exception {
        bus.close();
        stack.close();
    }

    @Test
    void aChannelGoesOnWhenItsKilledServerIsBack() throws Exception {
        IncomingChannel channel = bus.incoming(receiver, Map.of("auto-acknowledgement", "false"));
        receiver.request(Long.MAX_VALUE);

        stack.nats().kill();
        Eventually.isTrue(() -> !bus.tracker.isConnected());
        assertThat(readiness(channel).isOk()).isFalse();
        assertThat(readiness(channel).getMessage()).contains("test-tracker");
        stack.nats().start();

        Eventually.isTrue(() -> readiness(channel).isOk());
        Eventually.isTrue(() -> bus.gateway.getStatus() == Connection.Status.CONNECTED);
        // jnats is connected before it has subscribed anew
        Eventually.isTrue(() -> bus.listeners() == 1);
        CompletableFuture<String> answer = bus.ask("reading");
        Eventually.isTrue(() -> !receiver.received.isEmpty());
        receiver.received.getFirst().ack();
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("+ACK");
    }

    private HealthReport.ChannelInfo readiness(IncomingChannel channel) {
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        channel.health().addReadiness(report);
        return report.build().getChannels().getFirst();
    }
}
