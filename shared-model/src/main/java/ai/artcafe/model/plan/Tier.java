package ai.artcafe.model.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;

/** How much a tenant's dashboards may see; each tier includes the ones before it. */
public enum Tier {
    BASIC(Duration.ofDays(1)),
    PROFESSIONAL(Duration.ofDays(7)),
    ENTERPRISE(Duration.ofDays(30));

    private final Duration detailRetention;

    Tier(Duration detailRetention) {
        this.detailRetention = detailRetention;
    }

    /** How long detail (not billing rollups) is kept and shown. */
    public Duration detailRetention() {
        return detailRetention;
    }

    public boolean includes(Tier other) {
        return compareTo(other) >= 0;
    }

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
