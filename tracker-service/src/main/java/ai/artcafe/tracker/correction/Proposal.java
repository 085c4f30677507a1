package ai.artcafe.tracker.correction;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.usage.BillingPeriod;
import ai.artcafe.model.usage.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What should be corrected, and why.
 *
 * @param agent whose usage; nobody's in particular when empty
 * @param period the billing period that it belongs to
 * @param amount added to the published; negative when it takes off
 * @param reason for people, also for the tenant's
 * @param by the operator
 */
public record Proposal(
        CorrectionId id,
        Optional<AgentId> agent,
        BillingPeriod period,
        Traffic amount,
        String reason,
        String by,
        Instant at) {

    /** Whether the other asks for the same. */
    boolean isSameAs(Proposal other) {
        return id.equals(other.id)
                && agent.equals(other.agent)
                && period.equals(other.period)
                && amount.equals(other.amount)
                && reason.equals(other.reason)
                && by.equals(other.by);
    }

    /** When it is booked: in its own period as long as that takes anything in, else now. */
    Instant bookingTime(Instant now, Duration grace) {
        return period.state(now, grace) == BillingPeriod.State.GRACE
                ? period.end().minusMillis(1)
                : now;
    }

    /** Its own period, when that is closed already and it is booked in another. */
    Optional<String> reference(Instant now, Duration grace) {
        return period.state(now, grace) == BillingPeriod.State.CLOSED
                ? Optional.of(period.label())
                : Optional.empty();
    }
}
