package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.Test;

class PendingMessagesTest {

    @Test
    void itKeepsTheOrderOfArrival() {
        PendingMessages pending = new PendingMessages(10, 1000);
        Message first = message(1);
        Message second = message(1);
        pending.offer(first);
        pending.offer(second);

        assertThat(pending.poll(10)).containsExactly(first, second);
        assertThat(pending.poll(10)).isEmpty();
    }

    @Test
    void theNewestIsDroppedWhenThereAreTooMany() {
        PendingMessages pending = new PendingMessages(2, 1000);
        pending.offer(message(1));
        pending.offer(message(1));

        assertThat(pending.offer(message(1))).isFalse();
        assertThat(pending.dropped()).isEqualTo(1);
        assertThat(pending.size()).isEqualTo(2);
    }

    @Test
    void theNewestIsDroppedWhenTheyAreTooLarge() {
        PendingMessages pending = new PendingMessages(10, 100);
        pending.offer(message(60));

        assertThat(pending.offer(message(60))).isFalse();
        assertThat(pending.offer(message(40))).isTrue();
    }

    @Test
    void takingMakesRoom() {
        PendingMessages pending = new PendingMessages(1, 10);
        pending.offer(message(10));
        pending.poll(1);

        assertThat(pending.offer(message(10))).isTrue();
    }

    @Test
    void oneThatIsLargerThanTheLimitIsTakenAlone() {
        PendingMessages pending = new PendingMessages(10, 10);

        assertThat(pending.offer(message(50))).isTrue();
        assertThat(pending.offer(message(0))).isFalse();
    }

    private static Message message(int bytes) {
        return NatsMessage.builder().subject("a").data(new byte[bytes]).build();
    }
}
