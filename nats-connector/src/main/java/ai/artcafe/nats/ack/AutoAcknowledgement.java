package ai.artcafe.nats.ack;

import io.nats.client.Message;
import java.util.List;

/** Delivery is all there is: nobody waits for an answer, and none is sent. */
public record AutoAcknowledgement() implements Acknowledgement {

    @Override
    public void answer(List<Message> messages, Answer answer) {}
}
