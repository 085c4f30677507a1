package ai.artcafe.tracker.correction;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.BillingPeriod;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.correction.Correction.Decision;
import ai.artcafe.tracker.correction.Correction.State;
import ai.artcafe.tracker.correction.store.CorrectionStore;
import ai.artcafe.tracker.ledger.BillingConfig;
import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.LedgerWitness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes corrections through their life. Each step may be repeated, whatever became of the last try:
 * the ledger books a correction once, under its id.
 */
@ApplicationScoped
class Corrections {

    /** What operators did, line by line. */
    private static final Logger AUDIT = Logger.getLogger("ai.artcafe.audit");

    private final CorrectionStore store;
    private final LedgerWitness ledger;
    private final BillingConfig billing;
    private final Clock clock;

    Corrections(CorrectionStore store, LedgerWitness ledger, BillingConfig billing, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.billing = billing;
        this.clock = clock;
    }

    /**
     * Keeps a proposal; the same proposal again changes nothing.
     *
     * @throws ProblemException {@code conflict} when another has its id, {@code invalid_request}
     *     when the agent is not the tenant's
     */
    Correction propose(Proposal proposal) {
        if (proposal.agent()
                .filter(agent -> !store.isOf(proposal.id().tenant(), agent))
                .isPresent()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "The tenant has no such agent.",
                    Map.of("field", "agent_id"));
        }
        Correction correction = Correction.proposed(proposal);
        if (store.create(correction)) {
            audit("proposed", correction, proposal.by());
            return correction;
        }
        Correction known = existing(proposal.id());
        if (!known.proposal().isSameAs(proposal)) {
            throw ErrorCode.CONFLICT.because("Another correction has this correction_id.");
        }
        return known;
    }

    /**
     * Books a proposal of another operator.
     *
     * @throws ProblemException {@code forbidden} for one's own, {@code conflict} for a rejected one
     *     or one that would take off more than there is, {@code unavailable} when the ledger does
     *     not answer: it is signed then, and signing it off again books it
     */
    Correction signOff(CorrectionId id, String operator) {
        Correction correction = existing(id);
        if (correction.proposal().by().equals(operator)) {
            throw ErrorCode.FORBIDDEN.because("Another operator has to sign it off.");
        }
        Decision decision = new Decision(operator, now());
        if (store.decide(id, State.SIGNED, decision)) {
            audit("signed", correction, operator);
        }
        Correction decided = existing(id);
        return switch (decided.state()) {
            case SIGNED -> book(decided);
            case BOOKED -> decided;
            case REJECTED -> throw ErrorCode.CONFLICT.because("The correction was rejected.");
            case PROPOSED -> throw new IllegalStateException("correction is proposed again: " + id);
        };
    }

    /**
     * Ends a proposal, one's own or another's.
     *
     * @throws ProblemException {@code conflict} when it was signed before
     */
    Correction reject(CorrectionId id, String operator) {
        Correction correction = existing(id);
        if (store.decide(id, State.REJECTED, new Decision(operator, now()))) {
            audit("rejected", correction, operator);
        }
        Correction decided = existing(id);
        if (decided.state() != State.REJECTED) {
            throw ErrorCode.CONFLICT.because(
                    "The correction was signed off: what it did is undone by its opposite.");
        }
        return decided;
    }

    Correction existing(CorrectionId id) {
        return store.find(id)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such correction."));
    }

    private Correction book(Correction correction) {
        CorrectionId id = correction.id();
        Instant now = now();
        try {
            List<Adjustment> booked =
                    ledger.adjust(
                            id.tenant(),
                            correction.proposal().bookingTime(now, billing.grace()),
                            List.of(claim(correction, now)),
                            Optional.empty());
            if (booked.isEmpty() && !isBooked(correction)) {
                throw ErrorCode.CONFLICT.because(
                        "It would take off more than is there; it stays signed, and can be signed"
                                + " off again when there is more.");
            }
        } catch (LedgerUnavailableException e) {
            throw new ProblemException(
                    ErrorCode.UNAVAILABLE,
                    "The ledger does not answer: sign off again to have it booked.",
                    Map.of("retry_after", "5"));
        }
        if (store.booked(id, now())) {
            audit("booked", correction, correction.decision().map(Decision::by).orElse("-"));
        }
        return existing(id);
    }

    private boolean isBooked(Correction correction) {
        CorrectionId id = correction.id();
        return Optional.ofNullable(ledger.sums(List.of(id.tenant())).get(id.tenant()))
                .map(sums -> sums.claimed().getOrDefault(id.cause(), Traffic.NONE))
                .filter(correction.proposal().amount()::equals)
                .isPresent();
    }

    private Claim claim(Correction correction, Instant now) {
        Proposal proposal = correction.proposal();
        BillingPeriod period = proposal.period();
        Map<String, String> evidence = new HashMap<>();
        evidence.put("correction", proposal.id().id());
        evidence.put("proposed_by", proposal.by());
        correction.decision().ifPresent(decision -> evidence.put("signed_by", decision.by()));
        evidence.put("reason", proposal.reason());
        Instant end = period.end().isBefore(proposal.at()) ? period.end() : proposal.at();
        return new Claim(
                proposal.id().cause(),
                Adjustment.Reason.CORRECTION,
                proposal.agent().<Attribution>map(agent -> agent).orElse(Attribution.UNATTRIBUTED),
                proposal.amount(),
                period.start(),
                end,
                proposal.reference(now, billing.grace()),
                evidence,
                false);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void audit(String what, Correction correction, String operator) {
        Proposal proposal = correction.proposal();
        AUDIT.infof(
                "correction %s tenant=%s correction=%s operator=%s agent=%s period=%s messages=%d"
                        + " bytes=%d",
                what,
                proposal.id().tenant(),
                proposal.id().id(),
                operator,
                proposal.agent().map(Object::toString).orElse("-"),
                proposal.period().label(),
                proposal.amount().messages(),
                proposal.amount().bytes());
    }
}
