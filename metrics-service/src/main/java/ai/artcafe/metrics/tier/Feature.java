package ai.artcafe.metrics.tier;

import ai.artcafe.model.plan.Tier;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a tier adds, by the names under which clients see it as locked. */
public enum Feature {
    LATENCY(Tier.PROFESSIONAL),
    THROUGHPUT(Tier.PROFESSIONAL),
    SUBJECTS(Tier.PROFESSIONAL),
    CHANNELS(Tier.PROFESSIONAL),
    TOP_AGENTS(Tier.PROFESSIONAL),
    /** Series, totals and growth of the past. */
    ANALYTICS(Tier.PROFESSIONAL),
    /** Usage of each agent. */
    AGENT_USAGE(Tier.PROFESSIONAL),
    /** When each agent was last seen, its health, metrics and doors. */
    PRESENCE_DETAIL(Tier.PROFESSIONAL),
    /** How agents came, went and fared. */
    PRESENCE_HISTORY(Tier.PROFESSIONAL),
    ERROR_RATE(Tier.ENTERPRISE),
    ANOMALIES(Tier.ENTERPRISE),
    FORECAST(Tier.ENTERPRISE),
    BEHAVIOUR(Tier.ENTERPRISE);

    private final Tier requires;

    Feature(Tier requires) {
        this.requires = requires;
    }

    public Tier requires() {
        return requires;
    }

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isIn(Tier tier) {
        return tier.includes(requires);
    }

    /** What the tier lacks. */
    public static List<LockedFeature> lockedFor(Tier tier) {
        return Arrays.stream(values())
                .filter(feature -> !feature.isIn(tier))
                .map(feature -> new LockedFeature(feature, feature.requires))
                .toList();
    }
}
