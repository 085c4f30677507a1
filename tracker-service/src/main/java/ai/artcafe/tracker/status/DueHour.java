package ai.artcafe.tracker.status;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * An hour that has changed since it was last written.
 *
 * @param member as it is kept
 * @param score when it is due; another than before when it has changed again
 * @param hour its beginning
 * @param tenant whose agents' requests; empty for the services
 */
public record DueHour(String member, String score, Instant hour, Optional<TenantId> tenant) {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT);

    /** Empty when the member is not one that was ever meant. */
    public static Optional<DueHour> parse(String member, String score) {
        String[] parts = member.split(" ", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        Optional<TenantId> tenant = TenantId.parse(parts[1]);
        if (tenant.isEmpty() && !parts[1].equals("*")) {
            return Optional.empty();
        }
        try {
            Instant hour = LocalDateTime.parse(parts[0], HOUR).toInstant(ZoneOffset.UTC);
            return Optional.of(new DueHour(member, score, hour, tenant));
        } catch (DateTimeParseException notAnHour) {
            return Optional.empty();
        }
    }
}
