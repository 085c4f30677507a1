package ai.artcafe.metrics.usage;

import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.store.TenantRecord;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many messages the tenant may still publish today.
 *
 * @param messages the day's quota, {@code null} for no limit
 * @param used published today
 * @param remaining zero when used up, {@code null} for no limit
 * @param overage whether more than the quota may be published, to be paid for
 * @param resetsAt the next midnight (UTC)
 * @param projected how many will probably have been used by then; left out where that is not known
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Quota(
        OptionalLong messages,
        long used,
        OptionalLong remaining,
        boolean overage,
        Instant resetsAt,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ProjectedUsage> projected) {

    static Quota of(
            TenantRecord tenant,
            long publishedToday,
            Optional<ProjectedUsage> projected,
            Instant now) {
        PlanLimits limits = tenant.limits();
        Instant resetsAt = Period.DAILY.end(now);
        if (limits.messagesPerDay() == PlanLimits.UNLIMITED) {
            return new Quota(
                    OptionalLong.empty(),
                    publishedToday,
                    OptionalLong.empty(),
                    tenant.allowsOverage(),
                    resetsAt,
                    projected);
        }
        return new Quota(
                OptionalLong.of(limits.messagesPerDay()),
                publishedToday,
                OptionalLong.of(Math.max(0, limits.messagesPerDay() - publishedToday)),
                tenant.allowsOverage(),
                resetsAt,
                projected);
    }
}
