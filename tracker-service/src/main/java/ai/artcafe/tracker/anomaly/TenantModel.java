package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.WarmUp;
import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All detectors of one tenant and what they know of its past. Not thread-safe. */
final class TenantModel {

    private final HourlyNormals normals = new HourlyNormals();
    private final KnownSubjects subjects = new KnownSubjects();
    private final Contributors agents = new Contributors();
    private final Contributors busySubjects = new Contributors();
    private final PatternForest forest;
    private final List<Detector> detectors;
    private Instant judgedThrough = Instant.MIN;

    TenantModel(TenantId tenant, AnomalyConfig config) {
        this.forest = new PatternForest(config, tenant.value().hashCode());
        this.detectors =
                List.of(
                        new RateRule(normals, config),
                        new DriftRule(normals, config),
                        new ErrorRateRule(config),
                        new NewSubjectsRule(subjects, normals, config),
                        new AuthFailureRule(config),
                        forest);
    }

    /** An hour long past, before any minute; hours come in the order of time. */
    void learnHour(FlowPoint hour) {
        normals.add(hour.start(), hour.messages());
    }

    /** Subjects that were used at a time long past, before any minute, in the order of time. */
    void learnSubjects(Instant at, DistinctItems used) {
        subjects.add(at, used);
    }

    /** Whether any hour was learned, or any minute. */
    boolean isBegun() {
        return !normals.knownFrom().equals(Instant.MAX);
    }

    /** Nothing will be known of the minutes before that one. */
    void skipTo(Instant minute) {
        if (minute.isAfter(judgedThrough)) {
            judgedThrough = minute;
        }
    }

    /** No more of the past is to come. */
    void compact() {
        forest.compact();
    }

    /** Up to when it has judged. */
    Instant judgedThrough() {
        return judgedThrough;
    }

    /** Empty when the minute, or a later one, has been judged before. */
    Optional<Judgement> judge(Minute minute) {
        if (minute.start().isBefore(judgedThrough)) {
            return Optional.empty();
        }
        List<Deviation> found = new ArrayList<>();
        for (Detector detector : detectors) {
            detector.judge(minute).ifPresent(found::add);
        }
        normals.add(minute.start(), minute.point().messages());
        judgedThrough = minute.end();
        found.removeIf(deviation -> isSaidBetter(deviation, found));
        if (found.isEmpty()) {
            agents.learn(minute.agents());
            busySubjects.learn(minute.busySubjects());
        }
        return Optional.of(
                new Judgement(
                        minute,
                        found,
                        culprit(agents, minute.agents(), found),
                        culprit(busySubjects, minute.busySubjects(), found)));
    }

    /** The forest sees what the rules see; where both do, the rule says it better. */
    private static boolean isSaidBetter(Deviation deviation, List<Deviation> found) {
        return deviation.type() == AnomalyType.PATTERN
                && found.stream()
                        .anyMatch(other ->
                                other.type() != AnomalyType.PATTERN
                                        && explains(other.dimension(), deviation.dimension()));
    }

    private static boolean explains(Dimension rule, Dimension forest) {
        return rule == forest
                || (rule == Dimension.RATE && forest == Dimension.BYTES)
                || (rule == Dimension.NEW_SUBJECTS && forest == Dimension.SUBJECT_ENTROPY);
    }

    private static Optional<String> culprit(
            Contributors contributors, List<Share> shares, List<Deviation> found) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return found.getFirst().direction() == Direction.BELOW
                ? contributors.lessOf(shares)
                : contributors.moreOf(shares);
    }

    List<WarmUp> warmUps() {
        return detectors.stream().map(Detector::warmUp).toList();
    }
}
