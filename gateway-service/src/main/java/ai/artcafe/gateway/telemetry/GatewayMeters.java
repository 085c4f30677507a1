package ai.artcafe.gateway.telemetry;

import ai.artcafe.model.problem.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.Search;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Every meter of the gateway. Prometheus shows them with {@code _} for the dots. */
@ApplicationScoped
public class GatewayMeters {

    /** Open agent sockets. */
    public static final String SOCKETS = "artcafe.gateway.sockets";

    /** Agent sockets opened. */
    public static final String SOCKETS_OPENED = "artcafe.gateway.sockets.opened";

    /** Agent sockets closed by the gateway; tag {@code code} is the error that closed it. */
    public static final String SOCKETS_CLOSED = "artcafe.gateway.sockets.closed";

    /** Messages of agents taken in, and messages handed to agents; tag {@code direction}. */
    public static final String MESSAGES = "artcafe.gateway.messages";

    /** Bytes of the same. */
    public static final String BYTES = "artcafe.gateway.bytes";

    /** Error frames sent to agents; tag {@code code}. */
    public static final String ERRORS = "artcafe.gateway.errors";

    /** Publishes recognised as repetitions: acknowledged, not sent or counted again. */
    public static final String REPEATED = "artcafe.gateway.repeated";

    /** Tenants with a NATS connection here. */
    public static final String TENANT_LINKS = "artcafe.gateway.tenant.links";

    /** Those of them whose connection is down now. */
    public static final String TENANT_LINKS_DOWN = "artcafe.gateway.tenant.links.down";

    /** Messages from NATS dropped on present connections before they reached a socket. */
    public static final String DROPPED = "artcafe.gateway.dropped";

    /** Batches of readings sent; tag {@code acknowledged}. */
    public static final String READINGS = "artcafe.gateway.readings";

    /** Sockets that are open, or closed and not yet acknowledged by a tracker. */
    public static final String READINGS_WAITING = "artcafe.gateway.readings.waiting";

    /** Heartbeats and errors that the trackers were told of; tag {@code kind}. */
    public static final String SIGNALS = "artcafe.gateway.signals";

    /** Those they could not be told of, for want of room or while the bus is away. */
    public static final String SIGNALS_DROPPED = "artcafe.gateway.signals.dropped";

    /** Values of the tag {@code kind} of signals. */
    public static final String HEARTBEAT = "heartbeat";

    public static final String ERROR = "error";
    public static final String FAILED_LOGIN = "failed_login";

    /** What gateways tell each other of limits and ids, in batches; tag {@code outcome}. */
    public static final String SHARES = "artcafe.gateway.shares";

    /** Values of the tag {@code outcome} of shares. */
    public static final String SENT = "sent";

    public static final String NOT_SENT = "not_sent";
    public static final String HEARD = "heard";
    public static final String NOT_UNDERSTOOD = "not_understood";

    /** Ids of published messages that other gateways were not told of. */
    public static final String IDS_NOT_SHARED = "artcafe.gateway.ids.unshared";

    /** Rounds of reading what tenants have used today; tag {@code outcome}. */
    public static final String QUOTA_READS = "artcafe.gateway.quota.reads";

    /** Levels of daily quotas that tenants have reached; tag {@code percent}. */
    public static final String QUOTA_LEVELS = "artcafe.gateway.quota.levels";

    /** What was done about agents over a limit at the NATS door; tag {@code action}. */
    public static final String EXCESS = "artcafe.gateway.excess";

    /** Values of the tag {@code action} of excess. */
    public static final String WARNED = "warned";

    public static final String CUT_OFF = "cut_off";
    public static final String REFUSED = "refused";

    /** Redis was away: nothing was done, and whoever came was let in. */
    public static final String UNCHECKED = "unchecked";

    /** Agents whose connections were to end; tag {@code code} is the error that says why. */
    public static final String CUT_OFFS = "artcafe.gateway.cut.offs";

    /** What other gateways could not be told of at once; tag {@code kind}. */
    public static final String UNTOLD = "artcafe.gateway.untold";

    /**
     * Connections ended at the NATS door; tag {@code outcome} is {@code ended} or {@code failed}.
     */
    public static final String KICKS = "artcafe.gateway.kicks";

    /** Cut-offs of the NATS door that were given up, for want of room or of a server's answer. */
    public static final String KICKS_LOST = "artcafe.gateway.kicks.lost";

    /** Sockets that should have been ended already when the sweep found them. */
    public static final String SWEEP_FINDS = "artcafe.gateway.sweep.finds";

    /** Sweeps that could not be done. */
    public static final String SWEEP_FAILURES = "artcafe.gateway.sweep.failures";

    /** Looks at the changes of who belongs to which channel that could not be done. */
    public static final String MEMBERSHIP_FAILURES = "artcafe.gateway.memberships.failures";

    /** Rounds of removing what deleted tenants had, or parts of them, that could not be done. */
    public static final String CLEARING_FAILURES = "artcafe.gateway.tenants.clearing.failures";

    /** Other gateways that this one hears. */
    public static final String GATEWAYS_HEARD = "artcafe.gateway.others";

    /** Records of sockets written to DynamoDB, or not taken; tag {@code outcome}. */
    public static final String RECORDS = "artcafe.gateway.connections.records";

    /** Records that wait to be written. */
    public static final String RECORDS_WAITING = "artcafe.gateway.connections.waiting";

    /** Records of gateways that are gone, removed. */
    public static final String LEFT_OVERS = "artcafe.gateway.connections.left.overs";

    /** Ends of connections that were not kept, as very many waited to be written. */
    public static final String ENDS_NOT_KEPT = "artcafe.gateway.connections.ends.dropped";

    /**
     * Agents that connected and whose connections at both doors were counted; tag {@code outcome}.
     */
    public static final String ARRIVALS = "artcafe.gateway.arrivals";

    /** Those whose connections are still to be counted. */
    public static final String ARRIVALS_WAITING = "artcafe.gateway.arrivals.waiting";

    /** Values of the tag {@code outcome} of arrivals: the trackers' count is within the plan. */
    public static final String WITHIN = "within";

    /** The NATS servers were asked. */
    public static final String ASKED = "asked";

    /** They had too many, and the surplus was ended. */
    public static final String SURPLUS = "surplus";

    /** Neither trackers nor NATS servers have answered for long. */
    public static final String GIVEN_UP = "given_up";

    /** Too many waited already. */
    public static final String NO_ROOM = "no_room";

    /** Challenges given out. */
    public static final String CHALLENGES = "artcafe.auth.challenges";

    /** Attempts to prove an identity at the WebSocket door; tag {@code outcome}. */
    public static final String ATTEMPTS = "artcafe.auth.attempts";

    /** Users' tokens that were shown; tags {@code door} and {@code outcome}. */
    public static final String TOKENS = "artcafe.auth.tokens";

    /** Refusals at the NATS door that were held back, as the client had failed often in a row. */
    public static final String SLOWED_DOWN = "artcafe.auth.slowed";

    /** Auth callout answers, with the time they took; tag {@code outcome}. */
    public static final String CALLOUTS = "artcafe.auth.callouts";

    private static final String CODE = "code";
    private static final String DIRECTION = "direction";
    private static final String OUTCOME = "outcome";
    private static final String KIND = "kind";

    private final MeterRegistry registry;
    private final Counter opened;
    private final Counter challenges;
    private final Counter repeated;
    private final Counter acknowledged;
    private final Counter unacknowledged;

    /** What the agents' sockets carry; counted by the event loops. */
    private final LongAdder inMessages = new LongAdder();

    private final LongAdder inBytes = new LongAdder();
    private final LongAdder outMessages = new LongAdder();
    private final LongAdder outBytes = new LongAdder();

    public GatewayMeters(MeterRegistry registry) {
        this.registry = registry;
        this.opened = registry.counter(SOCKETS_OPENED);
        this.challenges = registry.counter(CHALLENGES);
        this.repeated = registry.counter(REPEATED);
        this.acknowledged = registry.counter(READINGS, "acknowledged", "true");
        this.unacknowledged = registry.counter(READINGS, "acknowledged", "false");
        watch(MESSAGES, "in", inMessages);
        watch(BYTES, "in", inBytes);
        watch(MESSAGES, "out", outMessages);
        watch(BYTES, "out", outBytes);
    }

    public void opened() {
        opened.increment();
    }

    /** The gateway closed a socket for this reason. */
    public void closed(ErrorCode code) {
        registry.counter(SOCKETS_CLOSED, CODE, code.code()).increment();
    }

    public void published(int bytes) {
        inMessages.increment();
        inBytes.add(bytes);
    }

    public void delivered(int bytes) {
        outMessages.increment();
        outBytes.add(bytes);
    }

    /** An error frame went to an agent. */
    public void error(ErrorCode code) {
        registry.counter(ERRORS, CODE, code.code()).increment();
    }

    public void repeated() {
        repeated.increment();
    }

    public void readingsSent(boolean wereAcknowledged) {
        (wereAcknowledged ? acknowledged : unacknowledged).increment();
    }

    public void signalsSent(long heartbeats, long errors) {
        registry.counter(SIGNALS, KIND, HEARTBEAT).increment(heartbeats);
        registry.counter(SIGNALS, KIND, ERROR).increment(errors);
    }

    /**
     * @param kind {@link #HEARTBEAT}, {@link #ERROR} or {@link #FAILED_LOGIN}
     */
    public void signalsDropped(String kind, long count) {
        registry.counter(SIGNALS_DROPPED, KIND, kind).increment(count);
    }

    /**
     * @param outcome {@link #SENT}, {@link #NOT_SENT}, {@link #HEARD} or {@link #NOT_UNDERSTOOD}
     */
    public void shared(String outcome) {
        registry.counter(SHARES, OUTCOME, outcome).increment();
    }

    public void idsNotShared(long count) {
        registry.counter(IDS_NOT_SHARED).increment(count);
    }

    /** What is booked was read, or could not be. */
    public void quotasRead(boolean wereRead) {
        registry.counter(QUOTA_READS, OUTCOME, wereRead ? "read" : "away").increment();
    }

    /**
     * @param percent 80, 90 or 100
     */
    public void quotaReached(int percent) {
        registry.counter(QUOTA_LEVELS, "percent", Integer.toString(percent)).increment();
    }

    /**
     * @param action {@link #WARNED}, {@link #CUT_OFF}, {@link #REFUSED} or {@link #UNCHECKED}
     */
    public void excess(String action) {
        registry.counter(EXCESS, "action", action).increment();
    }

    public void connectionsWritten(long written, long failed) {
        registry.counter(RECORDS, OUTCOME, "written").increment(written);
        registry.counter(RECORDS, OUTCOME, "failed").increment(failed);
    }

    public void leftOversRemoved(long count) {
        registry.counter(LEFT_OVERS).increment(count);
    }

    public void watchConnections(
            DoubleSupplier others, DoubleSupplier recordsWaiting, DoubleSupplier arrivalsWaiting) {
        gauge(GATEWAYS_HEARD, others);
        gauge(RECORDS_WAITING, recordsWaiting);
        gauge(ARRIVALS_WAITING, arrivalsWaiting);
    }

    public void endNotKept() {
        registry.counter(ENDS_NOT_KEPT).increment();
    }

    /**
     * @param outcome {@link #WITHIN}, {@link #ASKED}, {@link #SURPLUS}, {@link #GIVEN_UP} or {@link
     *     #NO_ROOM}
     */
    public void arrival(String outcome) {
        registry.counter(ARRIVALS, OUTCOME, outcome).increment();
    }

    public void cutOff(ErrorCode code) {
        registry.counter(CUT_OFFS, CODE, code.code()).increment();
    }

    /**
     * @param kind {@code cut_off} or {@code connections}
     */
    public void untold(String kind) {
        registry.counter(UNTOLD, KIND, kind).increment();
    }

    public void kicked(boolean ended) {
        registry.counter(KICKS, OUTCOME, ended ? "ended" : "failed").increment();
    }

    public void kickLost() {
        registry.counter(KICKS_LOST).increment();
    }

    public void sweepFound() {
        registry.counter(SWEEP_FINDS).increment();
    }

    public void sweepFailed() {
        registry.counter(SWEEP_FAILURES).increment();
    }

    public void clearingFailed() {
        registry.counter(CLEARING_FAILURES).increment();
    }

    public void membershipsUnread() {
        registry.counter(MEMBERSHIP_FAILURES).increment();
    }

    public void challenged() {
        challenges.increment();
    }

    /**
     * @param outcome {@code accepted}, or the error's code
     */
    public void attempted(String outcome) {
        registry.counter(ATTEMPTS, OUTCOME, outcome).increment();
    }

    /**
     * @param door {@code rest} or {@code dashboard}
     * @param outcome {@code accepted}, or the error's code
     */
    public void tokenShown(String door, String outcome) {
        registry.counter(TOKENS, "door", door, OUTCOME, outcome).increment();
    }

    public void slowedDown() {
        registry.counter(SLOWED_DOWN).increment();
    }

    /**
     * @param outcome {@code allowed}, {@code denied}, {@code deferred} for an agent that was over a
     *     limit, or {@code silent} where the registry is away
     */
    public void answered(String outcome, Duration took) {
        Timer.builder(CALLOUTS).tag(OUTCOME, outcome).register(registry).record(took);
    }

    /** Watches numbers that others keep. */
    public void watch(
            DoubleSupplier sockets,
            DoubleSupplier links,
            DoubleSupplier linksDown,
            DoubleSupplier dropped,
            DoubleSupplier waiting) {
        gauge(SOCKETS, sockets);
        gauge(TENANT_LINKS, links);
        gauge(TENANT_LINKS_DOWN, linksDown);
        gauge(READINGS_WAITING, waiting);
        gauge(DROPPED, dropped);
    }

    private void watch(String name, String direction, LongAdder count) {
        forget(registry.find(name).tag(DIRECTION, direction));
        FunctionCounter.builder(name, count, LongAdder::sum)
                .tag(DIRECTION, direction)
                .register(registry);
    }

    private void gauge(String name, DoubleSupplier value) {
        forget(registry.find(name));
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .strongReference(true)
                .register(registry);
    }

    /** The registry outlives applications that follow each other in one process, as in dev mode. */
    private void forget(Search before) {
        before.meters().forEach(registry::remove);
    }
}
