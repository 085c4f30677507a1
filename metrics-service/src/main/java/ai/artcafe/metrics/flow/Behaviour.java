package ai.artcafe.metrics.flow;

import ai.artcafe.model.flow.FlowPoint;
import java.util.Optional;

/**
 * How the tenant's agents use what they have.
 *
 * @param activeAgents that published anything, by the ledger
 * @param distinctSubjects an estimate from 512 on
 * @param subjectEntropyBits 0 when all goes to one subject, one more for each doubling of subjects
 *     that are used evenly
 * @param bytesPerMessage the mean; left out without any message
 * @param messagesPerAgent the mean; left out without any active agent
 */
public record Behaviour(
        long activeAgents,
        long distinctSubjects,
        double subjectEntropyBits,
        Optional<Double> bytesPerMessage,
        Optional<Double> messagesPerAgent) {

    public static Behaviour of(FlowPoint point) {
        return new Behaviour(
                point.activeAgents(),
                point.distinctSubjects(),
                Rounded.to(3, point.subjectEntropy()),
                ratio(point.bytes(), point.messages()),
                ratio(point.messages(), point.activeAgents()));
    }

    private static Optional<Double> ratio(double of, double by) {
        return by == 0 ? Optional.empty() : Optional.of(Rounded.to(2, of / by));
    }
}
