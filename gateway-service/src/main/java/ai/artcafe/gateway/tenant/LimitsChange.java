package ai.artcafe.gateway.tenant;

import ai.artcafe.model.plan.LimitOverrides;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * A tenant's own limits as a patch has them: a number, {@code "unlimited"}, or {@code null} for the
 * plan's; whether the day may be exceeded is a truth value.
 */
final class LimitsChange {

    private static final String UNLIMITED = "unlimited";
    private static final long MOST = 1_000_000_000_000L;
    private static final int LEAST_FRAME = 1024;

    private final JsonNode patch;

    LimitsChange(JsonNode patch) {
        this.patch = patch;
    }

    LimitOverrides apply(LimitOverrides present) {
        return new LimitOverrides(
                number("agents", present.agents(), 1),
                number("connections_per_agent", present.connectionsPerAgent(), 1),
                number("agent_messages_per_second", present.agentMessagesPerSecond(), 1),
                number("tenant_messages_per_second", present.tenantMessagesPerSecond(), 1),
                number("messages_per_day", present.messagesPerDay(), 0),
                frame(present.frameBytes()),
                overage(present.overage()));
    }

    private Optional<Boolean> overage(Optional<Boolean> present) {
        JsonNode value = patch.get("overage");
        if (value == null) {
            return present;
        }
        if (value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw invalid("overage", "true, false or null");
        }
        return Optional.of(value.booleanValue());
    }

    private Optional<Long> number(String name, Optional<Long> present, long least) {
        JsonNode value = patch.get(name);
        if (value == null) {
            return present;
        }
        if (value.isNull()) {
            return Optional.empty();
        }
        if (value.isTextual() && value.textValue().equals(UNLIMITED)) {
            return Optional.of(PlanLimits.UNLIMITED);
        }
        return Optional.of(whole(name, value, least, MOST));
    }

    /** No frame may be larger than the largest that a plan allows: sockets are made for that. */
    private Optional<Integer> frame(Optional<Integer> present) {
        String name = "frame_bytes";
        JsonNode value = patch.get(name);
        if (value == null) {
            return present;
        }
        return value.isNull()
                ? Optional.empty()
                : Optional.of(
                        Math.toIntExact(
                                whole(
                                        name,
                                        value,
                                        LEAST_FRAME,
                                        Plan.ENTERPRISE.limits().frameBytes())));
    }

    private static long whole(String name, JsonNode value, long least, long most) {
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw invalid(name, "a whole number from " + least + " to " + most);
        }
        return value.longValue();
    }

    private static ProblemException invalid(String name, String expected) {
        String field = "limits." + name;
        return new ProblemException(
                ErrorCode.INVALID_REQUEST, field + " must be " + expected, Map.of("field", field));
    }
}
