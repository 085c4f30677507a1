package ai.artcafe.nats;

import io.nats.client.impl.Headers;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** What is sent to NATS for one outgoing message. */
@SuppressWarnings("ArrayRecordComponent")
record Publication(String subject, @Nullable Headers headers, byte[] payload) {

    /**
     * @throws IllegalArgumentException when there is no subject, or a payload that is not bytes
     */
    static Publication of(Message<?> message, Optional<String> defaultSubject) {
        Optional<OutgoingNatsMetadata> metadata = message.getMetadata(OutgoingNatsMetadata.class);
        String subject =
                metadata.flatMap(OutgoingNatsMetadata::subject)
                        .or(() -> defaultSubject)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "no subject, neither of the channel nor of the"
                                                + " message"));
        return new Publication(
                subject,
                metadata.flatMap(OutgoingNatsMetadata::headers).orElse(null),
                bytes(message.getPayload()));
    }

    private static byte[] bytes(Object payload) {
        return switch (payload) {
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case Buffer buffer -> buffer.getBytes();
            default ->
                    throw new IllegalArgumentException(
                            "payload must be byte[], String or Buffer, not "
                                    + payload.getClass().getName());
        };
    }
}
