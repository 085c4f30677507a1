package ai.artcafe.model.flow;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The numbers of a tenant's flow in one span of time: what series are drawn from, and what the
 * detectors of anomalies learn from, without reading a sketch.
 *
 * @param start the span's first instant
 * @param messages what the taps saw, control not among them
 * @param bytes their payload and headers
 * @param control heartbeats and the like
 * @param inspected how many of the messages were looked at in detail
 * @param activeAgents agents that published anything in the span, by the ledger
 * @param distinctSubjects an estimate
 * @param subjectEntropy of the messages over the subjects, in bits
 * @param errors by {@link ErrorSignal#id()}; those without any are left out
 * @param latencyP50 milliseconds; empty when no message told when it was sent
 */
public record FlowPoint(
        Instant start,
        long messages,
        long bytes,
        long control,
        long inspected,
        long activeAgents,
        long distinctSubjects,
        double subjectEntropy,
        Map<String, Long> errors,
        OptionalDouble latencyP50,
        OptionalDouble latencyP95,
        OptionalDouble latencyP99) {

    public FlowPoint {
        errors = Map.copyOf(errors);
    }

    /** All errors, whatever their sign. */
    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Errors among all that was attempted, 0 to 1. Messages that never came to the tap are added to
     * those that did.
     */
    public double errorRate() {
        long errorCount = errorCount();
        long seen = messages + errorCount - errors.getOrDefault(ErrorSignal.SERVICE_ERROR.id(), 0L);
        return seen == 0 ? 0 : (double) errorCount / seen;
    }
}
