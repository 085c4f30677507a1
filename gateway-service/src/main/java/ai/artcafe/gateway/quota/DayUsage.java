package ai.artcafe.gateway.quota;

import ai.artcafe.model.plan.PlanLimits;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What a tenant has used of its day.
 *
 * @param messages published today, as far as is known; empty where nothing is known yet
 * @param limit how many it may publish, {@link PlanLimits#UNLIMITED} for no limit
 * @param resetsAt the next midnight, UTC
 * @param asOf of when the trackers' figure in it is
 * @param stale whether that is longer ago than it should be
 */
public record DayUsage(
        OptionalLong messages, long limit, Instant resetsAt, Instant asOf, boolean stale) {

    public boolean isLimited() {
        return limit != PlanLimits.UNLIMITED;
    }

    /** What may still be published, where that is limited and known. */
    public OptionalLong remaining() {
        return isLimited() && messages.isPresent()
                ? OptionalLong.of(Math.max(0, limit - messages.getAsLong()))
                : OptionalLong.empty();
    }

    /** The highest of {@link QuotaLevel} that is reached, 0 for none. */
    int percentReached() {
        if (!isLimited() || messages.isEmpty()) {
            return 0;
        }
        return QuotaLevel.reached(messages.getAsLong(), limit);
    }
}
