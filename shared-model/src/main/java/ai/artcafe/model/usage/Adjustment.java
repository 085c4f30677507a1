package ai.artcafe.model.usage;

import ai.artcafe.model.identity.Attribution;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What was added to a tenant's published messages, or taken off, beyond its connections' counters.
 * Adjustments are only ever appended; one that turns out wrong is followed by its opposite.
 *
 * @param id unique within the tenant, for all time
 * @param reason why
 * @param agent to whom it is charged
 * @param amount negative when it takes off
 * @param bookedAt in whose hour, day and month it counts
 * @param from the beginning of what it is about
 * @param to its end
 * @param period the billing period that it belongs to, {@code 202611}, when that was closed already
 * @param evidence what it rests on: figures, connections, who signed; by names that {@code
 *     docs/counting.md} lists
 */
public record Adjustment(
        String id,
        Reason reason,
        Attribution agent,
        Traffic amount,
        Instant bookedAt,
        Instant from,
        Instant to,
        Optional<String> period,
        Map<String, String> evidence) {

    public Adjustment {
        evidence = Map.copyOf(evidence);
    }

    /** Why something was adjusted. */
    public enum Reason {
        /** Delivered, and kept out of the server's counters by a trick of the client. */
        HIDDEN,
        /** Counted for the account and not for a connection: the server closed it in mid-buffer. */
        UNCOUNTED,
        /** Taken in by a gateway that died before it told of it. */
        GATEWAY_LOST,
        /** Read after its billing period was closed. */
        LATE,
        /** An operator's correction, signed off by another. */
        CORRECTION;

        /** The name in stores and answers, lower case. */
        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The reason of that name, in either case.
         *
         * @throws IllegalArgumentException when it is none
         */
        @JsonCreator
        public static Reason of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }
}
