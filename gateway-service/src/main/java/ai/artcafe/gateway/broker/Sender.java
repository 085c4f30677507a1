package ai.artcafe.gateway.broker;

import ai.artcafe.model.identity.Attribution;
import io.nats.client.impl.Headers;
import java.util.Optional;

/**
 * Who sends messages by one link. The headers that a gateway adds to them are written out once for
 * all messages of a millisecond. Thread-safe.
 */
public final class Sender {

    private record Moment(long sentAt, Headers headers) {}

    /** All but the time and the message's id, which are what changes. */
    private final String start;

    /** Threads may miss each other's; all they lose is that it is written again. */
    private Moment last;

    /**
     * @param attribution the agent, or {@link Attribution.Api}
     * @param gateway this gateway's id
     */
    Sender(Attribution attribution, String gateway) {
        this.start =
                "NATS/1.0\r\n"
                        + line(MessageHeaders.CLIENT, attribution.value())
                        + line(MessageHeaders.GATEWAY, gateway)
                        + MessageHeaders.SENT_AT
                        + ":";
        this.last = new Moment(0, headers(0, ""));
    }

    /**
     * @param sentAt in epoch milliseconds
     * @param id the sender's own id of the message
     * @throws IllegalArgumentException if the id holds anything but printable ASCII
     */
    Headers headers(long sentAt, Optional<String> id) {
        if (id.isPresent()) {
            return headers(sentAt, line(MessageHeaders.MESSAGE_ID, id.get()));
        }
        Moment moment = last;
        if (moment.sentAt != sentAt) {
            moment = new Moment(sentAt, headers(sentAt, ""));
            last = moment;
        }
        return moment.headers;
    }

    private Headers headers(long sentAt, String more) {
        return new WrittenHeaders(start + sentAt + "\r\n" + more + "\r\n");
    }

    private static String line(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                throw new IllegalArgumentException(
                        name
                                + " must be printable ASCII, but has U+%04X"
                                        .formatted((int) value.charAt(i)));
            }
        }
        return name + ":" + value + "\r\n";
    }
}
