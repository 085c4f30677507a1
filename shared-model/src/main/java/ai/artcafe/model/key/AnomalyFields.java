package ai.artcafe.model.key;

/** The attributes of an anomaly's item, as {@link UsageKeys#anomaly} names it. */
public final class AnomalyFields {

    public static final String TENANT_ID = "tenant_id";
    public static final String ID = "id";

    /** {@link ai.artcafe.model.anomaly.AnomalyType#id()}. */
    public static final String TYPE = "type";

    /** {@link ai.artcafe.model.anomaly.Dimension#id()}. */
    public static final String DIMENSION = "dimension";

    /** {@link ai.artcafe.model.anomaly.Severity#id()}. */
    public static final String SEVERITY = "severity";

    /** RFC 3339. */
    public static final String STARTED_AT = "started_at";

    /** RFC 3339; not there while it lasts. */
    public static final String ENDED_AT = "ended_at";

    /** {@link ai.artcafe.model.anomaly.Direction#id()}; not there where there are no two sides. */
    public static final String DIRECTION = "direction";

    public static final String OBSERVED = "observed";

    /** A map of {@link #LOW} and {@link #HIGH}. */
    public static final String EXPECTED = "expected";

    public static final String LOW = "low";
    public static final String HIGH = "high";
    public static final String CLIENT_ID = "client_id";
    public static final String SUBJECT = "subject";
    public static final String EXPLANATION = "explanation";

    private AnomalyFields() {}
}
