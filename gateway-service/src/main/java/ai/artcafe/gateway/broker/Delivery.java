package ai.artcafe.gateway.broker;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A message from NATS on its way to the sockets that want it. Used by one thread. */
public final class Delivery {

    private final String subject;
    private final byte[] data;
    private final Optional<String> replyTo;
    private final Optional<String> from;
    private final OptionalLong sentAt;
    private final long receivedAt;
    private final Optional<String> gateway;
    private final boolean error;

    private @Nullable Object absolute;
    private @Nullable Object relative;

    /**
     * @param subject as it was published
     * @param data the payload
     * @param from what the message says of its sender; informs, proves nothing
     * @param sentAt when it says it was sent, in epoch milliseconds
     * @param receivedAt when it came here, in epoch milliseconds
     * @param gateway the gateway that it says it was sent through
     * @param error whether it says that it is the answer of a service that failed
     */
    public Delivery(
            String subject,
            byte[] data,
            Optional<String> replyTo,
            Optional<String> from,
            OptionalLong sentAt,
            long receivedAt,
            Optional<String> gateway,
            boolean error) {
        this.subject = subject;
        this.data = data;
        this.replyTo = replyTo;
        this.from = from;
        this.sentAt = sentAt;
        this.receivedAt = receivedAt;
        this.gateway = gateway;
        this.error = error;
    }

    public String subject() {
        return subject;
    }

    public byte[] data() {
        return data;
    }

    public Optional<String> replyTo() {
        return replyTo;
    }

    public Optional<String> from() {
        return from;
    }

    /** When it says it was sent, else when it came here, in epoch milliseconds. */
    public long sentAt() {
        return sentAt.orElse(receivedAt);
    }

    /** From when it says it was sent to here; of no message that says it comes from the future. */
    public OptionalLong latencyMs() {
        return sentAt.isPresent() && sentAt.getAsLong() <= receivedAt
                ? OptionalLong.of(receivedAt - sentAt.getAsLong())
                : OptionalLong.empty();
    }

    public Optional<String> gateway() {
        return gateway;
    }

    public boolean isError() {
        return error;
    }

    /** What is made of it for all subscribers that know it by its absolute subject: made once. */
    @SuppressWarnings("unchecked") // each of the two forms is made by one kind of subscriber
    public <T> T absolute(Function<Delivery, T> make) {
        Object made = absolute;
        if (made == null) {
            made = make.apply(this);
            absolute = made;
        }
        return (T) made;
    }

    /** What is made of it for all subscribers that know it relative to the tenant: made once. */
    @SuppressWarnings("unchecked") // each of the two forms is made by one kind of subscriber
    public <T> T relative(Function<Delivery, T> make) {
        Object made = relative;
        if (made == null) {
            made = make.apply(this);
            relative = made;
        }
        return (T) made;
    }
}
