package ai.artcafe.tracker.correction;

import ai.artcafe.model.usage.Adjustment;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A correction in its life: {@code proposed → signed → booked}, or {@code proposed → rejected}.
 * What it says never changes.
 *
 * @param decision who signed or rejected it, once somebody has
 * @param bookedAt when it was found to be in the ledger
 */
public record Correction(
        Proposal proposal, State state, Optional<Decision> decision, Optional<Instant> bookedAt) {

    /** Where a correction is in its life. */
    public enum State {
        PROPOSED,
        /** On its way into the ledger; signing it off again takes it further. */
        SIGNED,
        BOOKED,
        REJECTED;

        /** The name in stores and answers, lower case. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** What an operator has said of a proposal. */
    public record Decision(String by, Instant at) {}

    static Correction proposed(Proposal proposal) {
        return new Correction(proposal, State.PROPOSED, Optional.empty(), Optional.empty());
    }

    public CorrectionId id() {
        return proposal.id();
    }

    /** The id of its {@link Adjustment}. */
    String adjustmentId() {
        return id().cause()
                + "/"
                + proposal.amount().messages()
                + "/"
                + proposal.amount().bytes();
    }
}
