package ai.artcafe.model.key;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.ReadingSource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Keys of {@link Table#USAGE_METRICS}; the values are absolute, the attributes those of {@link
 * UsageFields}.
 */
public final class UsageKeys {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private UsageKeys() {}

    /** Partition of a tenant. */
    public static String tenant(TenantId tenant) {
        return "TENANT#" + tenant;
    }

    /** Partition of an agent. */
    public static String client(AgentId agent) {
        return "CLIENT#" + agent;
    }

    /** Partition of whoever usage is booked to; what is not an agent has one for each tenant. */
    public static String client(TenantId tenant, Attribution attribution) {
        return switch (attribution) {
            case AgentId agent -> client(agent);
            case Attribution.Api _, Attribution.Gateway _, Attribution.Unattributed _ ->
                    "CLIENT#" + tenant + "/" + attribution.value();
        };
    }

    /**
     * Sort key, in the tenant's partition, of the ledger's own state and the tenant's totals since
     * its beginning. It never expires.
     */
    public static final String LEDGER = "LEDGER";

    /** Sort key, in the tenant's partition, of what is written next: the journal's head. */
    public static final String JOURNAL = "JOURNAL";

    /**
     * Sort key of a part of a journal too large for its head.
     *
     * @param writer who writes it: two may try the same number, and one will have it
     */
    public static String journalPart(long number, String writer, int part) {
        return "%s#%d#%s#%d".formatted(JOURNAL, number, writer, part);
    }

    /** What sort keys of {@link #total} begin with. */
    public static final String TOTALS = "TOTAL#";

    /**
     * Sort key, in the tenant's partition, of the totals of one of its agents since its beginning.
     * It never expires.
     */
    public static String total(Attribution attribution) {
        return TOTALS + attribution.value();
    }

    /** What sort keys of {@link #control} begin with. */
    public static final String CONTROLS = "CONTROL#";

    /** Sort key, in the tenant's partition, of how much of a control count has been moved. */
    public static String control(String counter) {
        return CONTROLS + counter;
    }

    /** What sort keys of {@link #adjustment} begin with. */
    public static final String ADJUSTMENTS = "ADJUSTMENT#";

    /** Sort key, in the tenant's partition, of an adjustment. */
    public static String adjustment(Instant bookedAt, String id) {
        return ADJUSTMENTS + MILLIS.format(bookedAt) + "#" + id;
    }

    /** What sort keys of {@link #gap} begin with. */
    public static final String GAPS = "GAP#";

    /** Sort key, in the tenant's partition, of a gap in what a source has counted. */
    public static String gap(Instant from, String sourceKey) {
        return GAPS + MILLIS.format(from) + "#" + sourceKey;
    }

    /** What sort keys of {@link #correction} begin with. */
    public static final String CORRECTIONS = "CORRECTION#";

    /** Sort key, in the tenant's partition, of an operator's correction. */
    public static String correction(String id) {
        return CORRECTIONS + id;
    }

    /** What sort keys of {@link #reconciledDay} begin with. */
    public static final String RECONCILED = "RECONCILED#";

    /** Sort key, in the tenant's partition, of what the witnesses said on a day. */
    public static String reconciledDay(Instant at) {
        return RECONCILED + Period.DAILY.label(at);
    }

    /** What sort keys of {@link #anomaly} begin with. */
    public static final String ANOMALIES = "ANOMALY#";

    /** Sort key, in the tenant's partition, of an anomaly. */
    public static String anomaly(Instant startedAt, String id) {
        return ANOMALIES + MILLIS.format(startedAt) + "#" + id;
    }

    /**
     * Sort key, in the tenant's partition, of the numbers of its flow in a span, {@code
     * FLOW#M#202611211005}: the attributes are {@link FlowFields}.
     */
    public static String flow(FlowSpan span, Instant at) {
        return "FLOW#" + span.mark() + "#" + span.label(at);
    }

    /**
     * Sort key, in the tenant's partition, of the sketches of its flow in a span: attribute {@link
     * FlowFields#SKETCHES}.
     */
    public static String flowSketches(FlowSpan span, Instant at) {
        return "SKETCHES#" + span.mark() + "#" + span.label(at);
    }

    /** What sort keys of {@link #presence} begin with. */
    public static final String PRESENCES = "PRESENCE#";

    /** Sort key, in the agent's partition, of a change of its presence. */
    public static String presence(Instant at, PresenceStatus to) {
        return PRESENCES + MILLIS.format(at) + "#" + to.id();
    }

    /**
     * Sort key, in the tenant's partition, of the latest forecast, attribute {@link
     * #FORECAST_JSON}.
     */
    public static final String FORECAST = "FORECAST";

    /** {@link ai.artcafe.model.forecast.Forecast} as JSON. */
    public static final String FORECAST_JSON = "json";

    /** The partition of what concerns no single tenant. */
    public static final String PLATFORM = "PLATFORM";

    /**
     * Sort key, in {@link #PLATFORM}, of since when and up to when the taps are known to have
     * listened: attributes {@code since} and {@code through}, RFC 3339.
     */
    public static final String TAPPED = "TAPPED";

    /** What sort keys of {@link #untapped} begin with. */
    public static final String UNTAPPED = "UNTAPPED#";

    /**
     * Sort key, in {@link #PLATFORM}, of a time in which no tap listened, by its end: attributes
     * {@code from} and {@code to}, RFC 3339.
     */
    public static String untapped(Instant to) {
        return UNTAPPED + MILLIS.format(to);
    }

    /**
     * Sort key, in {@link #PLATFORM}, of the numbers of the platform's status in a span, {@code
     * STATUS#H#2026112110}.
     */
    public static String status(FlowSpan span, Instant at) {
        return statuses(span) + span.label(at);
    }

    /** What sort keys of {@link #status} begin with. */
    public static String statuses(FlowSpan span) {
        return "STATUS#" + span.mark() + "#";
    }

    /** Sort key, in {@link #PLATFORM}, of what a service did in a span. */
    public static String statusDetail(FlowSpan span, Instant at, String service) {
        return statusDetails(span) + span.label(at) + "#" + service;
    }

    /** What sort keys of {@link #statusDetail} begin with. */
    public static String statusDetails(FlowSpan span) {
        return "STATUSDETAIL#" + span.mark() + "#";
    }

    /** Sort key, in the tenant's partition, of its agents' requests in a span. */
    public static String requests(FlowSpan span, Instant at) {
        return requests(span) + span.label(at);
    }

    /** What sort keys of {@link #requests(FlowSpan, Instant)} begin with. */
    public static String requests(FlowSpan span) {
        return "REQUESTS#" + span.mark() + "#";
    }

    /** The attribute of all of these that holds what they are about, as JSON. */
    public static final String STATUS_JSON = "json";

    /** Sort key, in {@link #PLATFORM}, of up to when each source had been read. */
    public static final String SOURCES = "SOURCES";

    /**
     * The partition of gateways' last readings that no tracker has acknowledged: attribute {@link
     * #PARKED_BATCH}, a part of the last batch as JSON of {@link
     * ai.artcafe.model.usage.GatewayReadings}. Whoever has applied one deletes it.
     */
    public static final String PARKED = "READINGS";

    public static final String PARKED_BATCH = "batch";

    /** Sort key, in {@link #PARKED}, of a part of a source's last batch, in their order. */
    public static String parked(ReadingSource source, int part) {
        return String.format(Locale.ROOT, "%s#%05d", source.key(), part);
    }

    /** Sort key of a minute snapshot. */
    public static String snapshot(Instant at) {
        return "METRICS#" + MILLIS.format(at);
    }

    /** What sort keys of {@link #session} begin with. */
    public static final String SESSIONS = "SESSION#";

    /** What sort keys of {@link #session} of connections opened at that moment begin with. */
    public static String sessions(Instant openedAt) {
        return SESSIONS + MILLIS.format(openedAt);
    }

    /** Sort key of one connection's final or latest reading. */
    public static String session(Instant openedAt, ConnectionKey connection) {
        return sessions(openedAt) + "#" + connection.key();
    }

    /**
     * Sort key of a rollup: {@code HOURLY#2026112103}, {@code DAILY#20261121}, {@code
     * MONTHLY#202611}.
     */
    public static String rollup(Period period, Instant at) {
        return period.name() + "#" + period.label(at);
    }
}
