package ai.artcafe.nats;

import io.nats.client.impl.Headers;
import java.util.Optional;

/**
 * How one outgoing message differs from what its channel is configured to do.
 *
 * @param subject instead of the channel's subject
 * @param headers to send along
 */
public record OutgoingNatsMetadata(Optional<String> subject, Optional<Headers> headers) {

    /** To that subject, without headers. */
    public static OutgoingNatsMetadata to(String subject) {
        return new OutgoingNatsMetadata(Optional.of(subject), Optional.empty());
    }

    public OutgoingNatsMetadata with(Headers newHeaders) {
        return new OutgoingNatsMetadata(subject, Optional.of(newHeaders));
    }
}
