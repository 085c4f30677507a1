package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.usage.Amount;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The connections of an agent that were open in a period.
 *
 * @param items the latest opened first, a page of them
 * @param nextCursor where the list goes on; left out at the end
 * @param keptSince those that closed before are not kept any more
 * @param proof only where all of the period is kept and on this page
 */
public record ExplainedSessions(
        List<SessionView> items,
        Optional<String> nextCursor,
        Instant keptSince,
        Optional<Proof> proof) {

    public ExplainedSessions {
        items = List.copyOf(items);
    }

    /**
     * What the connections say of the amount: of what the agent published, control included and
     * adjustments not, as connections count before these are told apart.
     *
     * @param booked in the period
     * @param within of the connections that lie in the period as a whole: at least this was booked
     * @param crossing of the others, since they were opened: at most this comes on top
     * @param difference booked less within, where none crosses: zero, but for what was read in the
     *     last minute
     */
    public record Proof(
            Traffic booked, Traffic within, Traffic crossing, Optional<Traffic> difference) {

        static Proof of(Amount amount, List<SessionView> sessions) {
            Traffic within = sum(sessions, SessionView.Within.ALL);
            Traffic booked = amount.takenIn();
            boolean isNoneCrossing =
                    sessions.stream()
                            .allMatch(session -> session.within() == SessionView.Within.ALL);
            return new Proof(
                    booked,
                    within,
                    sum(sessions, SessionView.Within.PART),
                    isNoneCrossing ? Optional.of(booked.minus(within)) : Optional.empty());
        }

        private static Traffic sum(List<SessionView> sessions, SessionView.Within which) {
            return sessions.stream()
                    .filter(session -> session.within() == which)
                    .map(SessionView::takenIn)
                    .reduce(Traffic.NONE, Traffic::plus);
        }
    }
}
