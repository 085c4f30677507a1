package ai.artcafe.metrics.anomaly;

import ai.artcafe.metrics.store.AnomalyArchive;
import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.identity.AgentId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something out of the ordinary.
 *
 * @param id unique for its start
 * @param endedAt left out while it lasts
 * @param direction left out where there are no two sides
 * @param observed the worst, in the dimension's unit
 * @param clientId the agent that contributed most; left out where that is not known
 * @param subject the subject that did
 */
public record AnomalyView(
        String id,
        String type,
        Optional<String> dimension,
        String severity,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> direction,
        double observed,
        Expected expected,
        Optional<String> clientId,
        Optional<String> subject,
        String explanation) {

    /** Between which it should have been. */
    public record Expected(double low, double high) {}

    static AnomalyView of(AnomalyArchive.Kept kept) {
        return new AnomalyView(
                kept.id(),
                kept.type(),
                kept.dimension(),
                kept.severity(),
                kept.startedAt(),
                kept.endedAt(),
                kept.direction(),
                kept.observed(),
                new Expected(kept.low(), kept.high()),
                kept.clientId(),
                kept.subject(),
                kept.explanation());
    }

    static AnomalyView of(Anomaly anomaly) {
        return new AnomalyView(
                anomaly.id(),
                anomaly.type().id(),
                Optional.of(anomaly.dimension().id()),
                anomaly.severity().id(),
                anomaly.startedAt(),
                anomaly.endedAt(),
                anomaly.direction().map(Direction::id),
                anomaly.observed(),
                new Expected(anomaly.expected().low(), anomaly.expected().high()),
                anomaly.clientId().map(AgentId::value),
                anomaly.subject(),
                anomaly.explanation());
    }
}
