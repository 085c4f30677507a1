package ai.artcafe.gateway.broker;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The headers that gateways add to messages, and that agents at the NATS door may set. */
final class MessageHeaders {

    /** The sender: an agent's id, or {@code @api-<tenant>} for what came through the API. */
    static final String CLIENT = "Artcafe-Client";

    /** When the message was sent, in epoch milliseconds. */
    static final String SENT_AT = "Artcafe-Sent-At";

    /** The gateway that a message was sent through. */
    static final String GATEWAY = "Artcafe-Gateway";

    /** NATS' own name for the id that makes a repetition known. */
    static final String MESSAGE_ID = "Nats-Msg-Id";

    /** What NATS' services say when they fail. */
    private static final String SERVICE_ERROR = "Nats-Service-Error-Code";

    private static final int LONGEST_NUMBER = 15;

    private MessageHeaders() {}

    /**
     * @param now when it came here, in epoch milliseconds
     */
    static Delivery read(Message message, long now) {
        Headers headers = message.getHeaders();
        if (headers == null) {
            return new Delivery(
                    message.getSubject(),
                    message.getData(),
                    Optional.ofNullable(message.getReplyTo()),
                    Optional.empty(),
                    OptionalLong.empty(),
                    now,
                    Optional.empty(),
                    false);
        }
        return new Delivery(
                message.getSubject(),
                message.getData(),
                Optional.ofNullable(message.getReplyTo()),
                Optional.ofNullable(headers.getFirst(CLIENT)).filter(MessageHeaders::isSender),
                number(headers.getFirst(SENT_AT)),
                now,
                Optional.ofNullable(headers.getFirst(GATEWAY)).filter(GatewayIdentity::isId),
                headers.getFirst(SERVICE_ERROR) != null);
    }

    private static boolean isSender(String client) {
        return Attribution.parse(client)
                .filter(sender -> sender instanceof AgentId || sender instanceof Attribution.Api)
                .isPresent();
    }

    private static OptionalLong number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalLong.empty();
            }
            number = number * 10 + (c - '0');
        }
        return OptionalLong.of(number);
    }
}
