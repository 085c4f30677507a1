package ai.artcafe.model.anomaly;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of thing was found. */
public enum AnomalyType {
    /** Far more messages in a minute than is usual in that hour of the day. */
    MESSAGE_RATE,
    /** An hour's messages are outside all that this hour of the day has seen for two weeks. */
    RATE_DRIFT,
    /** Too large a share of what was attempted failed. */
    ERROR_RATE,
    /** Too many of the subjects have not been used in the last week. */
    NEW_SUBJECTS,
    /** Someone keeps failing to be let in as an agent of the tenant. */
    AUTH_FAILURES,
    /** A minute unlike those before it, in the judgement of a Random Cut Forest. */
    PATTERN,
    /** Messages were kept out of the server's counters by a trick. */
    COUNTER_BYPASS,
    /** An agent did so too often and may connect no longer. */
    AGENT_DISABLED;

    /** The name in stores and answers, lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AnomalyType> parse(String id) {
        return Arrays.stream(values()).filter(type -> type.id().equals(id)).findFirst();
    }
}
