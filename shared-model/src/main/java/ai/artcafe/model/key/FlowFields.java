package ai.artcafe.model.key;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.flow.FlowPoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The names under which a span of a tenant's flow is kept as a DynamoDB item: all are numbers. */
public final class FlowFields {

    /** The attribute of {@link ai.artcafe.model.flow.FlowSketches} as bytes. */
    public static final String SKETCHES = "sketches";

    private static final String MESSAGES = "messages";
    private static final String BYTES = "bytes";
    private static final String CONTROL = "control";
    private static final String INSPECTED = "inspected";
    private static final String ACTIVE_AGENTS = "active_agents";
    private static final String DISTINCT_SUBJECTS = "distinct_subjects";

    /** Bits. */
    private static final String SUBJECT_ENTROPY = "subject_entropy";

    /** Milliseconds; the three are missing when no message told when it was sent. */
    private static final String LATENCY_P50 = "latency_p50";

    private static final String LATENCY_P95 = "latency_p95";
    private static final String LATENCY_P99 = "latency_p99";

    /** Before {@link ErrorSignal#id()}; those without any are missing. */
    private static final String ERRORS = "errors_";

    private FlowFields() {}

    /** The numbers as fields. */
    public static Map<String, String> write(FlowPoint point) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(MESSAGES, Long.toString(point.messages()));
        fields.put(BYTES, Long.toString(point.bytes()));
        fields.put(CONTROL, Long.toString(point.control()));
        fields.put(INSPECTED, Long.toString(point.inspected()));
        fields.put(ACTIVE_AGENTS, Long.toString(point.activeAgents()));
        fields.put(DISTINCT_SUBJECTS, Long.toString(point.distinctSubjects()));
        fields.put(SUBJECT_ENTROPY, Double.toString(point.subjectEntropy()));
        point.latencyP50().ifPresent(value -> fields.put(LATENCY_P50, Double.toString(value)));
        point.latencyP95().ifPresent(value -> fields.put(LATENCY_P95, Double.toString(value)));
        point.latencyP99().ifPresent(value -> fields.put(LATENCY_P99, Double.toString(value)));
        point.errors().forEach((signal, count) -> fields.put(ERRORS + signal, count.toString()));
        return fields;
    }

    /** The numbers of the span that begins then; absent fields are zero, or left out. */
    public static FlowPoint read(Instant start, Map<String, String> fields) {
        Map<String, Long> errors = new HashMap<>();
        for (ErrorSignal signal : ErrorSignal.values()) {
            long count = UsageFields.number(fields, ERRORS + signal.id());
            if (count > 0) {
                errors.put(signal.id(), count);
            }
        }
        return new FlowPoint(
                start,
                UsageFields.number(fields, MESSAGES),
                UsageFields.number(fields, BYTES),
                UsageFields.number(fields, CONTROL),
                UsageFields.number(fields, INSPECTED),
                UsageFields.number(fields, ACTIVE_AGENTS),
                UsageFields.number(fields, DISTINCT_SUBJECTS),
                decimal(fields, SUBJECT_ENTROPY).orElse(0),
                errors,
                decimal(fields, LATENCY_P50),
                decimal(fields, LATENCY_P95),
                decimal(fields, LATENCY_P99));
    }

    private static OptionalDouble decimal(Map<String, String> fields, String field) {
        String value = fields.get(field);
        return value == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(value));
    }
}
