package ai.artcafe.model.key;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The keys in Redis. The braces are literal: they keep all of a tenant on one slot of a Redis
 * Cluster, so that one script may touch all of it.
 */
public final class RedisKeys {

    /**
     * Hash with the fields of {@link UsageFields}: the sum over all tenants. Derived from the
     * tenants' totals, never added to from readings.
     */
    public static final String GLOBAL = "tracker:global";

    /**
     * Hash {@code tenant → its last totals}: what {@link #GLOBAL} is the sum of. The tag puts it on
     * the slot of {@link #GLOBAL}.
     */
    public static final String GLOBAL_TENANTS = "{tracker:global}:tenants";

    /**
     * Hash {@code source key → epoch milliseconds}: up to when each live source of readings has
     * been read. The lowest is what the ledger is complete through.
     */
    public static final String SOURCES = "ledger:sources";

    /**
     * There when Redis holds the ledger of all tenants. Without it Redis was emptied and is being
     * brought back: what it says of totals and sources is not all yet.
     */
    public static final String RESTORED = "ledger:restored";

    /** Set of tenants whose totals have changed since they were last written to DynamoDB. */
    public static final String DIRTY_TENANTS = "ledger:dirty";

    private RedisKeys() {}

    /** Hash of {@link UsageFields}: all that the tenant has used. */
    public static String tenant(TenantId tenant) {
        return "tracker:tenant:" + tag(tenant);
    }

    /** Hash of {@link UsageFields}: what the tenant used in an hour. */
    public static String tenantHour(TenantId tenant, Instant at) {
        return tenant(tenant) + ":hourly:" + Period.HOURLY.label(at);
    }

    /** Hash of {@link UsageFields}: what the tenant used on a day. */
    public static String tenantDay(TenantId tenant, Instant at) {
        return "stats:d:" + day(at) + ":" + tag(tenant);
    }

    /** Hash of {@link UsageFields}: what the tenant used in a month. */
    public static String tenantMonth(TenantId tenant, Instant at) {
        return tenant(tenant) + ":monthly:" + Period.MONTHLY.label(at);
    }

    /** Hash of {@link UsageFields}: all that the agent has used. */
    public static String client(TenantId tenant, Attribution agent) {
        return "tracker:client:" + tag(tenant) + ":" + agent;
    }

    /** Hash of {@link UsageFields}: what the agent used on a day. */
    public static String clientDay(TenantId tenant, Attribution agent, Instant at) {
        return tenantDay(tenant, at) + ":" + agent;
    }

    /** Hash of {@link UsageFields}: what the agent used in a month. */
    public static String clientMonth(TenantId tenant, Attribution agent, Instant at) {
        return client(tenant, agent) + ":monthly:" + Period.MONTHLY.label(at);
    }

    /** Set of the agents that used anything on a day. */
    public static String dayAgents(TenantId tenant, Instant at) {
        return tenantDay(tenant, at) + ":agents";
    }

    /** Set of the agents that used anything in a month. */
    public static String monthAgents(TenantId tenant, Instant at) {
        return tenantMonth(tenant, at) + ":agents";
    }

    /** Hash {@code agent → number of open connections}; an agent without one is not in it. */
    public static String openConnections(TenantId tenant) {
        return "tracker:open:" + tag(tenant);
    }

    /**
     * Hash {@code epoch second mod 120 → <second>:<published messages>:<published bytes>}: what was
     * booked in each of the last seconds.
     */
    public static String recentSeconds(TenantId tenant) {
        return "tracker:seconds:" + tag(tenant);
    }

    /** How many seconds {@link #recentSeconds} holds. */
    public static final int RECENT_SECONDS = 120;

    /** Hash {@code connection key → last applied reading}: the ledger's positions. */
    public static String positions(TenantId tenant) {
        return "ledger:positions:" + tag(tenant);
    }

    /**
     * Sorted set of what changed since it was last written to DynamoDB, scored by the tenant's
     * revision: {@code a:<agent>} and {@code c:<connection key>}.
     */
    public static String dirty(TenantId tenant) {
        return "ledger:dirty:" + tag(tenant);
    }

    /**
     * Hash {@code cid → <tenant>/<agent>}: to whom a NATS server's connection was pinned at first
     * sight.
     */
    public static String pins(String serverId) {
        return "ledger:pins:" + serverId;
    }

    /** Hash {@code adjustment id → JSON of } {@link ai.artcafe.model.usage.Adjustment}, 8 days. */
    public static String adjustments(TenantId tenant) {
        return "ledger:adjustments:" + tag(tenant);
    }

    /** Hash {@code source key → JSON of } {@link ai.artcafe.model.usage.Gap}, 8 days. */
    public static String gaps(TenantId tenant) {
        return "ledger:gaps:" + tag(tenant);
    }

    /** Hash of {@link ReconciledFields}: what the witnesses said on a day. */
    public static String reconciledDay(TenantId tenant, Instant at) {
        return "ledger:reconciled:" + tag(tenant) + ":" + Period.DAILY.label(at);
    }

    /** Hash {@code tracker → <messages> <bytes>}: what each tracker's tap has counted, 8 days. */
    public static String tapCounts(TenantId tenant) {
        return "ledger:tap:" + tag(tenant);
    }

    /**
     * Hash {@code <second of the minute>|<tracker> → <messages> <bytes>}: what each tracker's tap
     * saw in each second of a minute, 10 minutes.
     */
    public static String flowSeconds(TenantId tenant, Instant at) {
        return "flow:seconds:" + tag(tenant) + ":" + FlowSpan.MINUTE.label(at);
    }

    /**
     * Hash {@code tracker → bytes of} {@link ai.artcafe.model.flow.Flow}: what each tracker's tap
     * saw in a minute, 2 hours.
     */
    public static String flowMinute(TenantId tenant, Instant at) {
        return "flow:minute:" + tag(tenant) + ":" + FlowSpan.MINUTE.label(at);
    }

    /**
     * Hash {@code m:<agent> → messages, b:<agent> → bytes}: what each agent published in a minute
     * by the ledger, 2 hours.
     */
    public static String flowAgents(TenantId tenant, Instant at) {
        return "flow:agents:" + tag(tenant) + ":" + FlowSpan.MINUTE.label(at);
    }

    /**
     * Hash {@code <signal> → how often, <signal>|<agent> → how often}: the {@link
     * ai.artcafe.model.flow.ErrorSignal}s of a minute other than those in the flow, 2 hours.
     */
    public static String flowErrors(TenantId tenant, Instant at) {
        return "flow:errors:" + tag(tenant) + ":" + FlowSpan.MINUTE.label(at);
    }

    /** Hash {@code tracker → epoch milliseconds}: up to when each tracker's tap has been told. */
    public static final String FLOW_TRACKERS = "flow:trackers";

    /**
     * Sorted set of the spans whose flow is to be written to DynamoDB, {@code <mark> <tenant>
     * <label>}, scored by when that is due in epoch milliseconds.
     */
    public static final String FLOW_DUE = "flow:due";

    /**
     * Hash {@code agent → } {@link ai.artcafe.model.presence.AgentPresence}: how each agent is that
     * was there within the tenant's retention.
     */
    public static String presenceAgents(TenantId tenant) {
        return "presence:agents:" + tag(tenant);
    }

    /** Sorted set of the same agents, all with the score 0: for reading them in pages. */
    public static String presenceNames(TenantId tenant) {
        return "presence:names:" + tag(tenant);
    }

    /** Hash {@code status → number of agents}. */
    public static String presenceCounts(TenantId tenant) {
        return "presence:counts:" + tag(tenant);
    }

    /**
     * Hash {@code v:<agent> → version, m:<agent> → JSON object of numbers}: what agents say of
     * themselves.
     */
    public static String presenceDetails(TenantId tenant) {
        return "presence:details:" + tag(tenant);
    }

    /** Stream of {@link ai.artcafe.model.presence.PresenceChange}: the last 1,000. */
    public static String presenceChanges(TenantId tenant) {
        return "presence:changes:" + tag(tenant);
    }

    /**
     * Hash {@code tracker → epoch milliseconds, since → epoch milliseconds}: up to when each
     * tracker has heard the agents, and since when there has always been one that did.
     */
    public static final String PRESENCE_HEARD = "presence:heard";

    /** The field of {@link #PRESENCE_HEARD} that is no tracker. */
    public static final String PRESENCE_HEARD_SINCE = "since";

    /**
     * JSON of {@link ai.artcafe.model.anomaly.AnomalyState}, written with each minute that is
     * looked at.
     */
    public static String anomalyState(TenantId tenant) {
        return "anomaly:state:" + tag(tenant);
    }

    /** JSON of {@link ai.artcafe.model.forecast.Forecast}, written every hour. */
    public static String forecast(TenantId tenant) {
        return "forecast:" + tag(tenant);
    }

    /**
     * Hash {@code <service>/<instance> → <progress> <JSON>}: what each instance of a service says
     * of a minute, 4 hours.
     */
    public static String statusMinute(Instant at) {
        return "{status}:minute:" + FlowSpan.MINUTE.label(at);
    }

    /**
     * Hash {@code <instance>/<side>/<agent> → <progress> <JSON>}: the requests of a tenant's agents
     * in a minute, as each gateway saw them, 4 hours.
     */
    public static String statusRequests(TenantId tenant, Instant at) {
        return "status:requests:" + tag(tenant) + ":" + FlowSpan.MINUTE.label(at);
    }

    /**
     * Sorted set of the hours whose status is to be written to DynamoDB, {@code <label> *} for the
     * services and {@code <label> <tenant>} for a tenant's agents, scored by when that is due in
     * epoch milliseconds.
     */
    public static final String STATUS_DUE = "{status}:due";

    /** {@code <number> <epoch ms>}: how many agents had a connection, and when, a few minutes. */
    public static final String STATUS_AGENTS = "{status}:agents";

    /**
     * Hash {@code window, level, until, code}: how often in a row an agent was over a limit at the
     * NATS door, and until when, in epoch milliseconds, it is refused for it; gone after a quiet
     * while.
     */
    public static String strikes(TenantId tenant, AgentId agent) {
        return "limit:strikes:" + tag(tenant) + ":" + agent;
    }

    private static String tag(TenantId tenant) {
        return "{" + tenant + "}";
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
