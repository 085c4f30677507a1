package ai.artcafe.tracker.correction;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.correction.Correction.Decision;
import java.time.Instant;
import java.util.Optional;

/**
 * A correction as operators see it.
 *
 * @param state {@code proposed}, {@code signed} (not yet booked: sign off again), {@code booked} or
 *     {@code rejected}
 * @param decidedBy who signed it off or rejected it
 * @param adjustmentId of the adjustment that the tenant sees, once it is booked
 */
record CorrectionView(
        String correctionId,
        TenantId tenantId,
        Optional<AgentId> agentId,
        String period,
        long messages,
        long bytes,
        String reason,
        String state,
        String proposedBy,
        Instant proposedAt,
        Optional<String> decidedBy,
        Optional<Instant> decidedAt,
        Optional<Instant> bookedAt,
        Optional<String> adjustmentId) {

    static CorrectionView of(Correction correction) {
        Proposal proposal = correction.proposal();
        return new CorrectionView(
                proposal.id().id(),
                proposal.id().tenant(),
                proposal.agent(),
                proposal.period().label(),
                proposal.amount().messages(),
                proposal.amount().bytes(),
                proposal.reason(),
                correction.state().id(),
                proposal.by(),
                proposal.at(),
                correction.decision().map(Decision::by),
                correction.decision().map(Decision::at),
                correction.bookedAt(),
                correction.bookedAt().map(_ -> correction.adjustmentId()));
    }
}
