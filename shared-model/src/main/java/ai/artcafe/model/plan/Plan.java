package ai.artcafe.model.plan;

import static ai.artcafe.model.plan.PlanLimits.UNLIMITED;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a tenant has bought, with the limits that hold unless its record overrides them. */
public enum Plan {
    FREE(Tier.BASIC, new PlanLimits(5, 2, 10, 20, 10_000, 64 * 1024)),
    STARTER(Tier.BASIC, new PlanLimits(25, 4, 50, 200, 250_000, 256 * 1024)),
    PROFESSIONAL(Tier.PROFESSIONAL, new PlanLimits(250, 8, 200, 2_000, 10_000_000, 1024 * 1024)),
    ENTERPRISE(
            Tier.ENTERPRISE,
            new PlanLimits(UNLIMITED, 32, UNLIMITED, UNLIMITED, UNLIMITED, 1024 * 1024));

    private final Tier tier;
    private final PlanLimits limits;

    Plan(Tier tier, PlanLimits limits) {
        this.tier = tier;
        this.limits = limits;
    }

    public Tier tier() {
        return tier;
    }

    public PlanLimits limits() {
        return limits;
    }

    /** Whether more than {@link PlanLimits#messagesPerDay} may be published, to be paid for. */
    public boolean allowsOverage() {
        return tier != Tier.BASIC;
    }

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException naming the plans there are
     */
    @JsonCreator
    public static Plan of(String id) {
        for (Plan plan : values()) {
            if (plan.id().equals(id)) {
                return plan;
            }
        }
        throw new IllegalArgumentException(
                "plan must be one of "
                        + Arrays.stream(values()).map(Plan::id).collect(Collectors.joining(", ")));
    }
}
