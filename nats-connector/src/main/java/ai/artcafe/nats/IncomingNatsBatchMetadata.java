package ai.artcafe.nats;

import io.nats.client.Message;
import java.util.List;

/**
 * What NATS said about the messages of a batch.
 *
 * @param messages the originals, in the order of the payload
 */
public record IncomingNatsBatchMetadata(List<Message> messages) {

    public IncomingNatsBatchMetadata {
        messages = List.copyOf(messages);
    }

    /** About the message at that place of the payload. */
    public IncomingNatsMetadata at(int index) {
        return new IncomingNatsMetadata(messages.get(index));
    }
}
