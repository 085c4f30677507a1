package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.smallrye.reactive.messaging.health.HealthReport;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackPressureIT {

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
    void nothingIsGivenThatWasNotAskedFor() throws Exception {
        bus.incoming(receiver, Map.of());
        bus.send(100);
        Eventually.isTrue(() -> bus.meter("artcafe.nats.pending") == 100);
        assertThat(receiver.received).isEmpty();

        receiver.request(7);

        Eventually.isTrue(() -> bus.meter("artcafe.nats.pending") == 93);
        Eventually.isTrue(() -> receiver.received.size() == 7);
    }

    @Test
    void whatDoesNotFitIsDroppedAndCounted() throws Exception {
        IncomingChannel channel =
                bus.incoming(receiver, Map.of("batch", "true", "max-pending-messages", "1000"));

        bus.send(5000);

        Eventually.isTrue(() -> channel.overflow() == 4000);
        assertThat(bus.meter("artcafe.nats.pending")).isEqualTo(1000);
        assertThat(bus.meter("artcafe.nats.overflow")).isEqualTo(4000);
        receiver.request(1);
        Eventually.isTrue(() -> receiver.messages() == 1000);
        assertThat(channel.overflow()).isEqualTo(4000);
    }

    @Test
    void theBytesAreBoundedToo() throws Exception {
        IncomingChannel channel =
                bus.incoming(receiver, Map.of("batch", "true", "max-pending-bytes", "100"));

        bus.send(60);

        Eventually.isTrue(() -> channel.overflow() + bus.meter("artcafe.nats.pending") == 60);
        assertThat(bus.meter("artcafe.nats.pending")).isLessThanOrEqualTo(50);
        assertThat(channel.overflow()).isPositive();
    }

    @Test
    void theHealthTellsOfTheOverflow() throws Exception {
        IncomingChannel channel = bus.incoming(receiver, Map.of("max-pending-messages", "1"));
        bus.send(3);
        Eventually.isTrue(() -> channel.overflow() == 2);

        HealthReport.HealthReportBuilder report = HealthReport.builder();
        channel.health().addReadiness(report);

        HealthReport.ChannelInfo health = report.build().getChannels().getFirst();
        assertThat(health.getChannel()).isEqualTo("readings");
        assertThat(health.isOk()).isTrue();
        assertThat(health.getMessage()).isEqualTo("2 messages dropped since the start");
    }
}
