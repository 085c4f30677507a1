package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.flow.FlowMinute;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A minute of a tenant as the detectors see it.
 *
 * @param subjects those used in it; empty of a minute long past
 * @param agents what each published, the busiest first, not more than {@value #SHARES}
 * @param busySubjects the busiest first, not more than {@value #SHARES}
 */
record Minute(
        FlowPoint point,
        Optional<DistinctItems> subjects,
        List<Share> agents,
        List<Share> busySubjects) {

    static final int SHARES = 50;

    Minute {
        agents = List.copyOf(agents);
        busySubjects = List.copyOf(busySubjects);
    }

    static Minute of(FlowMinute told) {
        return new Minute(
                told.point(),
                Optional.of(told.flow().distinctSubjects()),
                told.agents().entrySet().stream()
                        .filter(agent -> agent.getKey() instanceof AgentId)
                        .sorted(
                                Comparator.comparingLong((Map.Entry<Attribution, Traffic> agent) ->
                                                agent.getValue().messages())
                                        .reversed())
                        .limit(SHARES)
                        .map(agent ->
                                new Share(agent.getKey().value(), agent.getValue().messages()))
                        .toList(),
                told.flow().subjects().top(SHARES).stream()
                        .map(entry -> new Share(entry.item(), entry.estimate()))
                        .toList());
    }

    /** A minute long past, of which only the numbers are kept. */
    static Minute of(FlowPoint point) {
        return new Minute(point, Optional.empty(), List.of(), List.of());
    }

    /** A minute in which nothing flowed. */
    static Minute silent(Instant start) {
        return new Minute(
                new FlowPoint(
                        start,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Map.of(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()),
                Optional.of(new DistinctItems()),
                List.of(),
                List.of());
    }

    Instant start() {
        return point.start();
    }

    Instant end() {
        return FlowSpan.MINUTE.end(point.start());
    }

    long authFailures() {
        return point.errors().getOrDefault(ErrorSignal.AUTH_FAILED.id(), 0L);
    }

    /** Errors in the traffic: not those of people who were not let in. */
    long errors() {
        return point.errorCount() - authFailures();
    }

    /** What was attempted: what flowed, and what failed before it could. */
    long attempts() {
        return point.messages()
                + errors()
                - point.errors().getOrDefault(ErrorSignal.SERVICE_ERROR.id(), 0L);
    }
}
