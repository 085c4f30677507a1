package ai.artcafe.model.usage;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The periods that usage is rolled up into; their boundaries are in UTC. */
public enum Period {
    HOURLY("yyyyMMddHH"),
    DAILY("yyyyMMdd"),
    /** The billing period. */
    MONTHLY("yyyyMM");

    private final DateTimeFormatter format;

    Period(String pattern) {
        this.format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /**
     * The name of the period that contains the instant: {@code 2026112103}, {@code 20261121},
     * {@code 202611}.
     */
    public String label(Instant instant) {
        return format.format(instant);
    }

    /** The first instant of the period that contains the given one. */
    public Instant start(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        return switch (this) {
            case HOURLY -> time.truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAILY -> time.truncatedTo(ChronoUnit.DAYS).toInstant();
            case MONTHLY -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
        };
    }

    /** The first instant after the period that contains the given one. */
    public Instant end(Instant instant) {
        ZonedDateTime start = start(instant).atZone(ZoneOffset.UTC);
        return switch (this) {
            case HOURLY -> start.plusHours(1).toInstant();
            case DAILY -> start.plusDays(1).toInstant();
            case MONTHLY -> start.plusMonths(1).toInstant();
        };
    }
}
