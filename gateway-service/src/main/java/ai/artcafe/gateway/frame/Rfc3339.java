package ai.artcafe.gateway.frame;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as frames show them, {@code 2026-11-21T04:05:06.789Z}. Thread-safe. */
public final class Rfc3339 {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final long MAX_SECOND = 253_402_300_799L; // the end of the year 9999

    private record Prefix(long second, String text) {}

    /** Most times are of the same second as the one before. */
    private volatile Prefix last = prefix(0);

    /**
     * @param millis epoch milliseconds, not negative
     */
    public String format(long millis) {
        long second = Math.min(Math.floorDiv(millis, 1000L), MAX_SECOND);
        Prefix prefix = last;
        if (prefix.second != second) {
            prefix = prefix(second);
            last = prefix;
        }
        int rest = (int) Math.floorMod(millis, 1000L);
        char[] fraction = {
            (char) ('0' + rest / 100), (char) ('0' + rest / 10 % 10), (char) ('0' + rest % 10), 'Z'
        };
        return prefix.text.concat(new String(fraction));
    }

    private static Prefix prefix(long second) {
        return new Prefix(second, SECOND.format(Instant.ofEpochSecond(second)));
    }
}
