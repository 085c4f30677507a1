package ai.artcafe.tracker.telemetry;

import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.Tracker;
import ai.artcafe.tracker.reading.GatewayFeed;
import ai.artcafe.tracker.tap.TapWindow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/** Every meter of the tracker, by the name that it has in Prometheus. */
@ApplicationScoped
public class TrackerMetrics {

    /** NATS connections that are watched. */
    static final String CONNECTIONS = "artcafe_ledger_connections";

    /** Connections with a reading that is not in Redis yet. */
    static final String FRESH = "artcafe_ledger_fresh_connections";

    /** Seconds since a NATS server last answered a poll. */
    static final String ANSWER_AGE = "artcafe_ledger_poll_age_seconds";

    /** Seconds since everything that was read was in Redis. */
    static final String APPLIED_AGE = "artcafe_ledger_applied_age_seconds";

    /** Seconds that the last round took, from the poll to Redis. */
    static final String ROUND = "artcafe_ledger_round_seconds";

    /** Readings taken into the ledger from NATS servers. */
    static final String READINGS = "artcafe_ledger_readings";

    /** Connections that ended without their final counters. */
    static final String VANISHED = "artcafe_ledger_vanished_connections";

    /** Closed connections whose name could not be trusted; their traffic is not attributed. */
    static final String DOUBTFUL = "artcafe_ledger_doubtful_connections";

    /** Sightings of connections that memory had no room for. */
    static final String REFUSED = "artcafe_ledger_refused_sightings";

    /** How often a server's ring had lost closed connections before they were read. */
    static final String RING_OVERRUNS = "artcafe_ledger_ring_overruns";

    /** Connections whose traffic is not in the ledger, or not all of it. */
    static final String UNACCOUNTED = "artcafe_ledger_unaccounted_connections";

    /** Batches of gateways that could not be read. */
    static final String UNREADABLE = "artcafe_ledger_unreadable_batches";

    /** Seconds since all that had changed was in DynamoDB. */
    static final String ROLLUP_AGE = "artcafe_ledger_rollup_age_seconds";

    /** Items written to DynamoDB. */
    static final String ROLLUP_ITEMS = "artcafe_ledger_rollup_items";

    /** Flushes of a tenant that were begun anew because another tracker wrote it. */
    static final String ROLLUP_CONFLICTS = "artcafe_ledger_rollup_conflicts";

    /** Whether Redis holds the ledger of all tenants, 1, or is being brought back, 0. */
    static final String COMPLETE = "artcafe_ledger_brought_back";

    /** Messages the tap has counted. */
    static final String TAP_MESSAGES = "artcafe_tap_messages";

    /** Their bytes. */
    static final String TAP_BYTES = "artcafe_tap_bytes";

    /** Heartbeats, presence and self-reports among them. */
    static final String TAP_CONTROL = "artcafe_tap_control_messages";

    /** Control messages that were not told apart for want of room. */
    static final String TAP_CONTROL_REFUSED = "artcafe_tap_control_refused";

    /** Messages the tap lost because it was too slow. */
    static final String TAP_DROPPED = "artcafe_tap_dropped_messages";

    /** How often the tap was too slow. */
    static final String TAP_OVERFLOWS = "artcafe_tap_overflows";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter tapMessages;
    private final Counter tapBytes;

    TrackerMetrics(MeterRegistry registry, GatewayFeed gateways, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.tapMessages = registry.counter(TAP_MESSAGES);
        this.tapBytes = registry.counter(TAP_BYTES);
        FunctionCounter.builder(UNREADABLE, gateways, GatewayFeed::unreadable).register(registry);
    }

    /** Counts a window of the tap. */
    public void window(TapWindow window) {
        Traffic total = window.total();
        tapMessages.increment(total.messages());
        tapBytes.increment(total.bytes());
    }

    /** Registers what is read off the tracker. */
    public void bind(Tracker tracker) {
        gauge(CONNECTIONS, tracker, t -> t.table().size());
        gauge(FRESH, tracker, t -> t.table().freshCount());
        gauge(ANSWER_AGE, tracker, t -> age(t.feed().lastAnswer()));
        gauge(APPLIED_AGE, tracker, t -> age(t.feed().lastApplied()));
        gauge(ROUND, tracker, t -> seconds(t.feed().lastRound()));
        gauge(ROLLUP_AGE, tracker, t -> age(t.flush().lastComplete()));
        gauge(COMPLETE, tracker, t -> t.recovery().isComplete() ? 1 : 0);
        count(ROLLUP_ITEMS, tracker, t -> t.flush().items());
        count(ROLLUP_CONFLICTS, tracker, t -> t.flush().conflicts());
        count(READINGS, tracker, t -> t.feed().readings());
        count(VANISHED, tracker, t -> t.table().vanished());
        count(DOUBTFUL, tracker, t -> t.table().doubtful());
        count(UNACCOUNTED, tracker, t -> t.table().unaccounted());
        count(RING_OVERRUNS, tracker, t -> t.feed().ringOverruns());
        count(REFUSED, tracker, t -> t.table().refused());
        count(TAP_CONTROL, tracker, t -> t.control().messages());
        count(TAP_CONTROL_REFUSED, tracker, t -> t.control().refused());
        count(TAP_DROPPED, tracker, t -> t.tap().dropped());
        count(TAP_OVERFLOWS, tracker, t -> t.tap().overflows());
    }

    private void gauge(String name, Tracker tracker, ToDoubleFunction<Tracker> value) {
        Gauge.builder(name, tracker, value).register(registry);
    }

    private void count(String name, Tracker tracker, ToDoubleFunction<Tracker> value) {
        FunctionCounter.builder(name, tracker, value).register(registry);
    }

    /** Seconds, not a number before the first time. */
    private double age(Instant at) {
        return at.equals(Instant.EPOCH)
                ? Double.NaN
                : seconds(Duration.between(at, clock.instant()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
