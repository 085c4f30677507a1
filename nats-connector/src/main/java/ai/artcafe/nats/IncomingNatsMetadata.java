package ai.artcafe.nats;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.util.Optional;

/** What NATS said about a single received message. */
public record IncomingNatsMetadata(Message message) {

    public String subject() {
        return message.getSubject();
    }

    /** Where the sender waits for an answer, if it does. */
    public Optional<String> replyTo() {
        return Optional.ofNullable(message.getReplyTo());
    }

    /** The headers; empty when it had none. */
    public Headers headers() {
        return Optional.ofNullable(message.getHeaders()).orElseGet(Headers::new);
    }
}
