package ai.artcafe.tracker.recovery.store;

import ai.artcafe.model.usage.Period;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Labels of periods, read back. */
final class Labels {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT);

    private static final String FIRST_HOUR = "00";
    private static final String FIRST_DAY = "01";

    private Labels() {}

    /**
     * The first instant of the period of that {@link Period#label}.
     *
     * @throws java.time.DateTimeException when it is none
     */
    static Instant start(Period period, String label) {
        String hour =
                switch (period) {
                    case HOURLY -> label;
                    case DAILY -> label + FIRST_HOUR;
                    case MONTHLY -> label + FIRST_DAY + FIRST_HOUR;
                };
        return LocalDateTime.parse(hour, HOUR).toInstant(ZoneOffset.UTC);
    }
}
