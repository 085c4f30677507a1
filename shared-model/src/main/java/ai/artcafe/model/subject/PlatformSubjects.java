package ai.artcafe.model.subject;

/** The subjects of the platform's own bus, in the account PLATFORM that no tenant can reach. */
public final class PlatformSubjects {

    /** {@link ai.artcafe.model.usage.GatewayReadings} as JSON; trackers acknowledge each batch. */
    public static final String GATEWAY_READINGS = "artcafe.readings.gateway";

    /** The queue group that shares the gateways' readings and the tap among the trackers. */
    public static final String TRACKER_QUEUE = "tracker";

    private PlatformSubjects() {}
}
