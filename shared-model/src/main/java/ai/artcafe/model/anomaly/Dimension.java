package ai.artcafe.model.anomaly;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of a tenant's traffic is measured, minute by minute. */
public enum Dimension {
    /** Messages a minute. */
    RATE("messages a minute"),
    /** Payload and headers a minute. */
    BYTES("bytes a minute"),
    /** Errors among all that was attempted, 0 to 1. */
    ERROR_RATE("of all that was attempted failed"),
    /** Agents that published anything in the minute. */
    ACTIVE_AGENTS("active agents"),
    /** How the messages are spread over the subjects, in bits. */
    SUBJECT_ENTROPY("bits of spread over the subjects"),
    /** The share of subjects that are new, 0 to 1. */
    NEW_SUBJECTS("of the subjects are new"),
    /** Failed attempts to be let in, a minute. */
    AUTH_FAILURES("failed log-ins a minute"),
    /** What the ledger was kept from counting, or an agent's strikes. */
    LEDGER("against the ledger");

    private final String unit;

    Dimension(String unit) {
        this.unit = unit;
    }

    /** The name in stores and answers, lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What stands after a number of it, for people. */
    public String unit() {
        return unit;
    }

    public static Optional<Dimension> parse(String id) {
        return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
    }
}
