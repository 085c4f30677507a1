package ai.artcafe.model.flow;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The spans of time that the flow is kept by; their boundaries are in UTC. */
public enum FlowSpan {
    MINUTE("M", ChronoUnit.MINUTES, "yyyyMMddHHmm"),
    HOUR("H", ChronoUnit.HOURS, "yyyyMMddHH"),
    DAY("D", ChronoUnit.DAYS, "yyyyMMdd");

    private final String mark;
    private final ChronoUnit unit;
    private final DateTimeFormatter format;
    private final DateTimeFormatter parser;

    FlowSpan(String mark, ChronoUnit unit, String pattern) {
        this.mark = mark;
        this.unit = unit;
        this.format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
        this.parser =
                new DateTimeFormatterBuilder()
                        .appendPattern(pattern)
                        .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                        .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                        .toFormatter(Locale.ROOT)
                        .withZone(ZoneOffset.UTC);
    }

    /** One letter, for keys. */
    public String mark() {
        return mark;
    }

    /** {@code 202611211005}, {@code 2026112110}, {@code 20261121}: in the order of time. */
    public String label(Instant at) {
        return format.format(at);
    }

    /** The span with that mark. */
    public static Optional<FlowSpan> ofMark(String mark) {
        return Arrays.stream(values()).filter(span -> span.mark.equals(mark)).findFirst();
    }

    /** The first instant of the span with that label; empty when it is none. */
    public Optional<Instant> parse(String label) {
        try {
            Instant start = parser.parse(label, Instant::from);
            return label(start).equals(label) ? Optional.of(start) : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The first instant of the span that contains the given one. */
    public Instant start(Instant at) {
        return at.truncatedTo(unit);
    }

    /** The first instant after the span that contains the given one. */
    public Instant end(Instant at) {
        return start(at).plus(1, unit);
    }
}
