package ai.artcafe.nats.ack;

import io.nats.client.Message;
import java.util.List;

/** How the senders of received messages learn what became of them. */
public sealed interface Acknowledgement permits AutoAcknowledgement, ManualAcknowledgement {

    /**
     * Gives every message of the list the same answer. A message that carries no reply subject asks
     * for none.
     */
    void answer(List<Message> messages, Answer answer);
}
