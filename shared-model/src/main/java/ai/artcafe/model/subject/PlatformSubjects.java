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

    /** The queue group that shares the gateways' readings and the tap among the trackers. */
    public static final String TRACKER_QUEUE = "tracker";

    private PlatformSubjects() {}

    /** An anomaly of the tenant, as JSON, when it begins and when it ends. */
    public static String alerts(TenantId tenant) {
        return ALERTS.replace("*", tenant.value());
    }
}
