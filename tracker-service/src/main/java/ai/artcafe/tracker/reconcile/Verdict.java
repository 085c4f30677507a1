package ai.artcafe.tracker.reconcile;

import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.Window;
import java.util.List;
import java.util.Optional;

/**
 * What follows from a {@link Look}.
 *
 * @param claims what the ledger has to book
 * @param window the end of the window, when it ends
 * @param charge whom what was hidden is charged to, when something was
 * @param isSettled whether the witnesses spoke of one moment
 * @param drift messages by which the witnesses differ, with nothing booked for it
 */
record Verdict(
        List<Claim> claims,
        Optional<Window> window,
        Optional<Charge> charge,
        boolean isSettled,
        long drift) {

    Verdict {
        claims = List.copyOf(claims);
    }
}
