package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyState;
import ai.artcafe.model.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A tenant that is watched: until its model is built its minutes wait, then they are judged as they
 * come. Thread-safe.
 */
final class Seat {

    /**
     * As many minutes wait for the model at most; the oldest go first: they are history by then.
     */
    private static final int WAITING = 30;

    private final TenantId tenant;
    private final AnomalyLog log;
    // all guarded by this
    private final Deque<Minute> waiting = new ArrayDeque<>();
    private Optional<TenantModel> model = Optional.empty();
    private Instant lastTraffic = Instant.MIN;

    Seat(TenantId tenant, Duration patience) {
        this.tenant = tenant;
        this.log = new AnomalyLog(tenant, patience);
    }

    TenantId tenant() {
        return tenant;
    }

    /** Judges the minute, or has it wait. */
    synchronized List<AnomalyLog.Change> take(Minute minute) {
        if (minute.point().messages() > 0 && minute.start().isAfter(lastTraffic)) {
            lastTraffic = minute.start();
        }
        if (model.isEmpty()) {
            waiting.addLast(minute);
            if (waiting.size() > WAITING) {
                waiting.removeFirst();
            }
            return List.of();
        }
        return model.get().judge(minute).map(log::take).orElse(List.of());
    }

    /** Before which minute the past ends; empty when there is a model, or nothing waits. */
    synchronized Optional<Instant> wanted() {
        return model.isEmpty()
                ? Optional.ofNullable(waiting.peekFirst()).map(Minute::start)
                : Optional.empty();
    }

    /**
     * The model is there; what has waited is judged now.
     *
     * @param open what another tracker had begun
     */
    synchronized List<AnomalyLog.Change> begin(TenantModel built, List<Anomaly> open) {
        model = Optional.of(built);
        built.skipTo(waiting.isEmpty() ? Instant.MIN : waiting.getFirst().start());
        open.forEach(anomaly -> log.resume(anomaly, built.judgedThrough()));
        List<AnomalyLog.Change> changes =
                waiting.stream()
                        .flatMap(minute ->
                                built.judge(minute).map(log::take).orElse(List.of()).stream())
                        .toList();
        waiting.clear();
        return changes;
    }

    /** The first minute that has not been judged; empty while there is no model. */
    synchronized Optional<Instant> next() {
        return model.map(TenantModel::judgedThrough);
    }

    /** Nothing will be known of the minutes before that one. */
    synchronized void skipTo(Instant minute) {
        model.ifPresent(built -> built.skipTo(minute));
    }

    /** The last minute in which anything flowed. */
    synchronized Instant lastTraffic() {
        return lastTraffic;
    }

    synchronized List<AnomalyLog.Change> end() {
        return log.endAll();
    }

    /** Empty while there is no model. */
    synchronized Optional<AnomalyState> state() {
        List<Anomaly> open = log.open();
        return model.map(built ->
                new AnomalyState(
                        built.judgedThrough(),
                        open.stream().limit(AnomalyState.OPEN).toList(),
                        open.size(),
                        built.warmUps()));
    }
}
