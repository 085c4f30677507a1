package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

class MessageStreamTest {

    private final Queue<Message<?>> source = new ArrayDeque<>();
    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final Receiver receiver = new Receiver();
    private int cancellations;
    private final MessageStream stream =
            new MessageStream(
                    turns::add, () -> Optional.ofNullable(source.poll()), () -> cancellations++);

    @Test
    void itWaitsForDemandAndForMessages() {
        stream.subscribe(receiver);
        source.add(Message.of(1));
        stream.wake();
        runTurns();
        assertThat(receiver.received).isEmpty();

        receiver.request(2);
        runTurns();
        assertThat(receiver.received).hasSize(1);

        source.add(Message.of(2));
        stream.wake();
        runTurns();
        assertThat(receiver.received).hasSize(2);
    }

    @Test
    void aLongTurnLetsOthersHaveTheirs() {
        stream.subscribe(receiver);
        for (int i = 0; i < 1000; i++) {
            source.add(Message.of(i));
        }
        receiver.request(Long.MAX_VALUE);

        turns.remove().run();

        assertThat(receiver.received).hasSize(128);
        runTurns();
        assertThat(receiver.received).hasSize(1000);
    }

    @Test
    void nothingComesAfterACancellation() {
        stream.subscribe(receiver);
        source.add(Message.of(1));
        receiver.request(1);
        receiver.cancel();
        receiver.cancel();
        runTurns();

        assertThat(receiver.received).isEmpty();
        assertThat(cancellations).isEqualTo(1);
    }

    @Test
    void aDemandOfNothingIsAnError() {
        stream.subscribe(receiver);
        receiver.request(0);
        runTurns();

        assertThat(receiver.failures).singleElement().isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecondSubscriberIsRefused() {
        stream.subscribe(receiver);
        Receiver second = new Receiver();
        stream.subscribe(second);

        assertThat(second.failures).hasSize(1);
    }

    private void runTurns() {
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
    }
}
