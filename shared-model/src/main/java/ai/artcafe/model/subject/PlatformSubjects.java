package ai.artcafe.model.subject;

import ai.artcafe.model.identity.TenantId;

/** The subjects of the platform's own bus, in the account PLATFORM that no tenant can reach. */
public final class PlatformSubjects {

    /** {@link ai.artcafe.model.usage.GatewayReadings} as JSON; trackers acknowledge each batch. */
    public static final String GATEWAY_READINGS = "artcafe.readings.gateway";

    /** {@link ai.artcafe.model.signal.GatewaySignals} as JSON, sent once. */
    public static final String GATEWAY_SIGNALS = "artcafe.signals.gateway";

    /**
     * What gateways did in a minute, all of it so far, as JSON of the service runtime's {@code
     * MinuteReport}; a tracker acknowledges each report.
     */
    public static final String STATUS = "artcafe.status.gateway";

    /** Anomalies of all tenants, as they begin and end. */
    public static final String ALERTS = "_ALERT.tenant.*";

    /** To every gateway: agents whose connections are to end, on every one of them. */
    public static final String CUT_OFF = "artcafe.gateways.cut-off";

    /**
     * From every gateway to all others: agents' channels have changed, look which. The text is the
     * run of the gateway that says so.
     */
    public static final String MEMBERSHIPS = "artcafe.gateways.memberships";

    /** From every gateway to all others: which sockets it has, as they open and close. */
    public static final String CONNECTIONS = "artcafe.gateways.connections";

    /**
     * From every gateway to all others, several times a second: what its sockets have used of the
     * limits that hold across gateways, and the ids of what they published.
     */
    public static final String SHARED_LIMITS = "artcafe.gateways.limits";

    /** From a tracker to every gateway: who is over a limit at the NATS door. */
    public static final String OVER_LIMIT = "artcafe.limits.exceeded";

    /**
     * Asked by gateways and answered by metrics services: a tenant's live picture, as the JSON of
     * {@code GET /api/v1/metrics/realtime}. The question is the tenant's id, the bare text.
     */
    public static final String LIVE_PICTURE = "artcafe.pictures.realtime";

    /** A header of such an answer that is the last known one, because a store is away. */
    public static final String PICTURE_STALE = "Artcafe-Stale";

    /** A header of such an answer that has no picture: the error's code says why. */
    public static final String PICTURE_REFUSED = "Artcafe-Error";

    /** The queue group that shares the questions among the metrics services. */
    public static final String METRICS_QUEUE = "metrics";

    /** The queue group that shares the gateways' readings and the tap among the trackers. */
    public static final String TRACKER_QUEUE = "tracker";

    private PlatformSubjects() {}

    /** An anomaly of the tenant, as JSON, when it begins and when it ends. */
    public static String alerts(TenantId tenant) {
        return ALERTS.replace("*", tenant.value());
    }
}
