package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tenant's open anomalies, one of each kind at most: they begin with the first minute that is out
 * of the ordinary, take in those that follow, and end when there have been none for a while. Not
 * thread-safe.
 */
final class AnomalyLog {

    private static final int SUBJECT_LENGTH = 256;

    private final TenantId tenant;
    private final Duration patience;
    private final Map<Deviation.Kind, Open> open = new HashMap<>();

    /**
     * @param lastMinuteEnd of the last minute that was out of the ordinary
     */
    private record Open(Anomaly anomaly, Instant lastMinuteEnd) {}

    /** What happened to an anomaly. */
    sealed interface Change {

        Anomaly anomaly();

        /** There is a new one. */
        record Began(Anomaly anomaly) implements Change {}

        /** It has become worse. */
        record Worse(Anomaly anomaly) implements Change {}

        /** It is over. */
        record Ended(Anomaly anomaly) implements Change {}
    }

    /**
     * @param patience for how long nothing must be out of the ordinary for an anomaly to end
     */
    AnomalyLog(TenantId tenant, Duration patience) {
        this.tenant = tenant;
        this.patience = patience;
    }

    /**
     * Takes over one that another tracker had begun.
     *
     * @param at from when on it has to be seen again, or it ends
     */
    void resume(Anomaly anomaly, Instant at) {
        open.put(new Deviation.Kind(anomaly.type(), anomaly.dimension()), new Open(anomaly, at));
    }

    /** Takes in what was found in a minute. */
    List<Change> take(Judgement judgement) {
        List<Change> changes = new ArrayList<>();
        Set<Deviation.Kind> seen = new HashSet<>();
        Instant end = judgement.minute().end();
        for (Deviation deviation : judgement.deviations()) {
            seen.add(deviation.kind());
            Open before = open.get(deviation.kind());
            Anomaly now =
                    before == null
                            ? begin(judgement, deviation)
                            : worse(before.anomaly(), judgement, deviation);
            if (before == null) {
                changes.add(new Change.Began(now));
            } else if (!now.equals(before.anomaly())) {
                changes.add(new Change.Worse(now));
            }
            open.put(deviation.kind(), new Open(now, end));
        }
        changes.addAll(
                endAll(
                        open.entrySet().stream()
                                .filter(each -> !seen.contains(each.getKey()))
                                .filter(each ->
                                        !each.getValue()
                                                .lastMinuteEnd()
                                                .plus(patience)
                                                .isAfter(end))
                                .map(Map.Entry::getKey)
                                .toList()));
        return changes;
    }

    /** Ends all of them: nobody looks any more. */
    List<Change> endAll() {
        return endAll(List.copyOf(open.keySet()));
    }

    private List<Change> endAll(Collection<Deviation.Kind> kinds) {
        List<Change> ended = new ArrayList<>();
        for (Deviation.Kind kind : kinds) {
            Open over = open.remove(kind);
            if (over != null) {
                ended.add(new Change.Ended(over.anomaly().endedAt(over.lastMinuteEnd())));
            }
        }
        return ended;
    }

    /** Those that last, the worst of them first. */
    List<Anomaly> open() {
        return open.values().stream()
                .map(Open::anomaly)
                .sorted(
                        Comparator.comparing(Anomaly::severity)
                                .reversed()
                                .thenComparing(Anomaly::startedAt)
                                .thenComparing(Anomaly::id))
                .toList();
    }

    /** The same minute gives the same id, whichever tracker sees it. */
    private Anomaly begin(Judgement judgement, Deviation deviation) {
        Instant start = judgement.minute().start();
        return new Anomaly(
                tenant,
                "%s-%s-%s"
                        .formatted(
                                deviation.type().id().replace('_', '-'),
                                deviation.dimension().id().replace('_', '-'),
                                FlowSpan.MINUTE.label(start)),
                deviation.type(),
                deviation.dimension(),
                deviation.severity(),
                start,
                Optional.empty(),
                Optional.of(deviation.direction()),
                deviation.observed(),
                deviation.expected(),
                judgement.agent().flatMap(AgentId::parse),
                judgement.subject().map(AnomalyLog::cut),
                explanation(judgement, deviation));
    }

    /** The same, or with what is worse than it was. */
    private static Anomaly worse(Anomaly before, Judgement judgement, Deviation deviation) {
        boolean isWorse =
                deviation.severity().compareTo(before.severity()) > 0
                        || deviation.isWorseThan(before.observed(), before.expected());
        if (!isWorse) {
            return before;
        }
        return new Anomaly(
                before.tenantId(),
                before.id(),
                before.type(),
                before.dimension(),
                before.severity().or(deviation.severity()),
                before.startedAt(),
                before.endedAt(),
                Optional.of(deviation.direction()),
                deviation.observed(),
                deviation.expected(),
                judgement.agent().flatMap(AgentId::parse).or(before::clientId),
                judgement.subject().map(AnomalyLog::cut).or(before::subject),
                explanation(judgement, deviation));
    }

    private static String explanation(Judgement judgement, Deviation deviation) {
        String most =
                judgement.agent().map(agent -> "; agent " + agent + " contributed most").orElse("");
        return deviation.explanation() + most;
    }

    private static String cut(String subject) {
        return subject.length() <= SUBJECT_LENGTH ? subject : subject.substring(0, SUBJECT_LENGTH);
    }
}
