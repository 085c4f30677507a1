package ai.artcafe.nats.telemetry;

import ai.artcafe.nats.ack.Answer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Every meter of the connector. All carry the tag {@code channel}, the channel's name in the
 * configuration.
 */
public final class ConnectorMeters {

    /** Messages taken from, or handed to, NATS; tag {@code direction} is in or out. */
    public static final String MESSAGES = "artcafe.nats.messages";

    /** Batches given to the application; a channel without batches gives one message at a time. */
    public static final String BATCHES = "artcafe.nats.batches";

    /** Messages dropped because the channel's pending messages were at their limit. */
    public static final String OVERFLOW = "artcafe.nats.overflow";

    /** Messages that wait in the channel for the application. */
    public static final String PENDING = "artcafe.nats.pending";

    /** Positive answers: sent for incoming messages, received for outgoing ones. */
    public static final String ACKS = "artcafe.nats.acks";

    /**
     * Negative answers, and outgoing messages that failed otherwise; tag {@code reason} is the
     * answer ({@code nak}, {@code term}) or the {@code PublishFault} in lower case.
     */
    public static final String NACKS = "artcafe.nats.nacks";

    /** Answers that could not be sent; their senders repeat the message. */
    public static final String UNANSWERED = "artcafe.nats.unanswered";

    /** Outgoing messages that wait for NATS or for their confirm. */
    public static final String OUTSTANDING = "artcafe.nats.outstanding";

    private static final String CHANNEL = "channel";
    private static final String DIRECTION = "direction";
    private static final String REASON = "reason";

    private final MeterRegistry registry;

    public ConnectorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * The meters of one incoming channel.
     *
     * @param pending messages waiting now
     * @param overflow messages dropped since the start
     */
    public IncomingMeters incoming(String channel, LongSupplier pending, LongSupplier overflow) {
        Gauge.builder(PENDING, pending, LongSupplier::getAsLong)
                .tag(CHANNEL, channel)
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder(OVERFLOW, overflow, LongSupplier::getAsLong)
                .tag(CHANNEL, channel)
                .register(registry);
        return new IncomingMeters(
                counter(MESSAGES, channel, DIRECTION, "in"),
                counter(BATCHES, channel),
                counter(ACKS, channel),
                nacks(channel, Answer.NAK.name()),
                nacks(channel, Answer.TERM.name()),
                counter(UNANSWERED, channel),
                overflow);
    }

    /**
     * The meters of one outgoing channel.
     *
     * @param outstanding messages not yet settled
     */
    public OutgoingMeters outgoing(String channel, LongSupplier outstanding) {
        Gauge.builder(OUTSTANDING, outstanding, LongSupplier::getAsLong)
                .tag(CHANNEL, channel)
                .strongReference(true)
                .register(registry);
        return new OutgoingMeters(
                counter(MESSAGES, channel, DIRECTION, "out"),
                counter(ACKS, channel),
                reason -> nacks(channel, reason));
    }

    private Counter nacks(String channel, String reason) {
        return counter(NACKS, channel, REASON, reason.toLowerCase(Locale.ROOT));
    }

    private Counter counter(String name, String channel, String... tags) {
        return Counter.builder(name).tag(CHANNEL, channel).tags(tags).register(registry);
    }
}
