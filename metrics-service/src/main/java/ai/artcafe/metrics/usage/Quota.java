package ai.artcafe.metrics.usage;

import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.usage.Period;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * How many messages the tenant may still publish today.
 *
 * @param messages the day's quota, {@code null} for no limit
 * @param used published today
 * @param remaining zero when used up, {@code null} for no limit
 * @param resetsAt the next midnight (UTC)
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Quota(OptionalLong messages, long used, OptionalLong remaining, Instant resetsAt) {

    static Quota of(PlanLimits limits, long publishedToday, Instant now) {
        Instant resetsAt = Period.DAILY.end(now);
        if (limits.messagesPerDay() == PlanLimits.UNLIMITED) {
            return new Quota(OptionalLong.empty(), publishedToday, OptionalLong.empty(), resetsAt);
        }
        return new Quota(
                OptionalLong.of(limits.messagesPerDay()),
                publishedToday,
                OptionalLong.of(Math.max(0, limits.messagesPerDay() - publishedToday)),
                resetsAt);
    }
}
