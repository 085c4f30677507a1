package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.model.anomaly.WarmUp;
import ai.artcafe.model.flow.DistinctItems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Too many subjects in the last five minutes that were not used in the week before. Both sides are
 * samples: it takes as many as are new for certain.
 */
final class NewSubjectsRule implements Detector {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final double HIGH = 0.5;

    private final KnownSubjects known;
    private final HourlyNormals traffic;
    private final AnomalyConfig config;
    private final Deque<Minute> last = new ArrayDeque<>();
    private long knownMinutes;

    /**
     * @param traffic which says from when on anything is known, more exactly than days of subjects
     */
    NewSubjectsRule(KnownSubjects known, HourlyNormals traffic, AnomalyConfig config) {
        this.known = known;
        this.traffic = traffic;
        this.config = config;
    }

    @Override
    public Optional<Deviation> judge(Minute minute) {
        if (minute.subjects().isEmpty()) {
            return Optional.empty();
        }
        last.addLast(minute);
        Instant from = minute.end().minus(WINDOW);
        while (last.getFirst().start().isBefore(from)) {
            Minute old = last.removeFirst();
            old.subjects().ifPresent(subjects -> known.add(old.start(), subjects));
        }
        Instant knownFrom =
                known.knownFrom().isAfter(traffic.knownFrom())
                        ? known.knownFrom()
                        : traffic.knownFrom();
        knownMinutes =
                knownFrom.isAfter(minute.start())
                        ? 0
                        : Duration.between(knownFrom, minute.start()).toMinutes();
        return warmUp().ready() && minute.point().distinctSubjects() > 0
                ? deviation()
                : Optional.empty();
    }

    private Optional<Deviation> deviation() {
        DistinctItems recent = new DistinctItems();
        last.forEach(each -> each.subjects().ifPresent(recent::merge));
        double all = recent.estimate();
        double added = recent.notInAtLeast(known.all());
        if (added < config.minNewSubjects() || added / all <= config.newSubjects()) {
            return Optional.empty();
        }
        double share = Math.min(1, added / all);
        return Optional.of(
                new Deviation(
                        AnomalyType.NEW_SUBJECTS,
                        Dimension.NEW_SUBJECTS,
                        Direction.ABOVE,
                        share > HIGH ? Severity.HIGH : Severity.MEDIUM,
                        share,
                        new Band(0, config.newSubjects()),
                        "at least %.0f of about %.0f subjects in five minutes were not used in the week before"
                                .formatted(added, all)));
    }

    @Override
    public WarmUp warmUp() {
        return new WarmUp(
                AnomalyType.NEW_SUBJECTS, knownMinutes, config.subjectsWarmUp().toMinutes());
    }
}
