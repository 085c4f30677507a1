package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.flow.FlowHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a tenant's model from what was rolled up: two weeks by hour, the last day by minute, a
 * week's subjects by day. So nothing of a model has to be stored.
 */
final class ModelBuilder {

    private static final Duration MINUTES = Duration.ofDays(1);

    private final FlowHistory history;
    private final AnomalyConfig config;

    ModelBuilder(FlowHistory history, AnomalyConfig config) {
        this.history = history;
        this.config = config;
    }

    /**
     * A model that knows everything before that minute. Blocking; throws what the history throws.
     *
     * @param before the first instant of a minute
     */
    TenantModel build(TenantId tenant, Instant before) {
        TenantModel model = new TenantModel(tenant, config);
        Instant byMinute = FlowSpan.HOUR.start(before.minus(MINUTES));
        subjects(model, tenant, before);
        history.points(
                        tenant,
                        FlowSpan.HOUR,
                        byMinute.minus(HourlyNormals.DAYS - 1L, ChronoUnit.DAYS),
                        byMinute)
                .forEach(model::learnHour);
        minutes(model, history.points(tenant, FlowSpan.MINUTE, byMinute, before), byMinute, before);
        model.compact();
        return model;
    }

    /** Silent minutes are left out of the history, but not those before anything was known. */
    private static void minutes(
            TenantModel model, List<FlowPoint> points, Instant from, Instant before) {
        Map<Instant, FlowPoint> byStart = new HashMap<>();
        points.forEach(point -> byStart.put(point.start(), point));
        Instant first =
                model.isBegun() ? from : points.isEmpty() ? before : points.getFirst().start();
        for (Instant at = first; at.isBefore(before); at = FlowSpan.MINUTE.end(at)) {
            FlowPoint point = byStart.get(at);
            model.judge(point == null ? Minute.silent(at) : Minute.of(point));
        }
    }

    /** The hour under way has no sketches yet; what is new in it is still new. */
    private void subjects(TenantModel model, TenantId tenant, Instant before) {
        Instant today = FlowSpan.DAY.start(before);
        for (int day = KnownSubjects.DAYS; day >= 1; day--) {
            learn(model, tenant, FlowSpan.DAY, today.minus(day, ChronoUnit.DAYS));
        }
        Instant thisHour = FlowSpan.HOUR.start(before);
        for (Instant hour = today; hour.isBefore(thisHour); hour = FlowSpan.HOUR.end(hour)) {
            learn(model, tenant, FlowSpan.HOUR, hour);
        }
    }

    private void learn(TenantModel model, TenantId tenant, FlowSpan span, Instant start) {
        history.flow(tenant, span, start)
                .ifPresent(flow -> model.learnSubjects(start, flow.distinctSubjects()));
    }
}
