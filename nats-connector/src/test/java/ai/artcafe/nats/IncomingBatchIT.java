package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncomingBatchIT {

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
    void aBatchHoldsWhatHasArrivedInOrderAndNoMoreThanItsSize() throws Exception {
        bus.incoming(receiver, Map.of("batch", "true", "batch-size", "100"));
        bus.send(250);
        Eventually.isTrue(() -> bus.meter("artcafe.nats.pending") == 250);

        receiver.request(10);

        Eventually.isTrue(() -> receiver.messages() == 250);
        assertThat(receiver.batchSizes()).containsExactly(100, 100, 50);
        assertThat(texts(receiver.received.get(2).getPayload()))
                .startsWith("m200")
                .endsWith("m249");
    }

    @Test
    void theMetadataHoldsTheOriginals() throws Exception {
        bus.incoming(receiver, Map.of("batch", "true"));
        receiver.request(1);
        bus.send(1);

        Eventually.isTrue(() -> receiver.messages() == 1);

        var metadata =
                receiver.received
                        .getFirst()
                        .getMetadata(IncomingNatsBatchMetadata.class)
                        .orElseThrow();
        assertThat(metadata.at(0).subject()).isEqualTo(Bus.SUBJECT);
        assertThat(metadata.at(0).replyTo()).isEmpty();
        assertThat(metadata.messages()).hasSize(1);
    }

    @Test
    void withoutBatchesEveryMessageComesAlone() throws Exception {
        bus.incoming(receiver, Map.of());
        receiver.request(3);

        bus.send(3);

        Eventually.isTrue(() -> receiver.received.size() == 3);
        assertThat(receiver.received.get(1).getPayload())
                .isEqualTo("m1".getBytes(StandardCharsets.UTF_8));
        assertThat(receiver.received.get(1).getMetadata(IncomingNatsMetadata.class)).isPresent();
    }

    @Test
    void membersOfAQueueGroupShareTheMessages() throws Exception {
        Receiver other = new Receiver();
        Map<String, String> attributes = Map.of("batch", "true", "queue-group", "tracker");
        bus.incoming(receiver, attributes);
        bus.incoming(other, attributes);
        receiver.request(Long.MAX_VALUE);
        other.request(Long.MAX_VALUE);

        bus.send(1000);

        Eventually.isTrue(() -> receiver.messages() + other.messages() >= 1000);
        assertThat(receiver.messages()).isBetween(1, 999);
        assertThat(receiver.messages() + other.messages()).isEqualTo(1000);
    }

    private static List<String> texts(Object payload) {
        return ((List<?>) payload)
                .stream().map(bytes -> new String((byte[]) bytes, StandardCharsets.UTF_8)).toList();
    }
}
