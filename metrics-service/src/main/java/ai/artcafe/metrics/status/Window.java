package ai.artcafe.metrics.status;

import ai.artcafe.model.flow.FlowSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which minutes, hours and days an answer is about.
 *
 * @param now the time of asking
 */
record Window(Instant now) {

    /** How long after its end an hour may still be missing in DynamoDB. */
    private static final Duration ROLLS_UP = Duration.ofMinutes(5);

    private static final Duration SESSION = Duration.ofMinutes(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int HOURS = 24;
    private static final int DAYS = 30;

    /** Sessions seen from here on are active: the open minute and the 29 before. */
    Instant sessionsFrom() {
        return minute().minus(SESSION).plus(Duration.ofMinutes(1));
    }

    /** The open minute and the 59 before. */
    Instant lastHourFrom() {
        return minute().minus(HOUR).plus(Duration.ofMinutes(1));
    }

    /** From here on the hours are read from their minutes, before it from DynamoDB. */
    Instant openFrom() {
        return FlowSpan.HOUR.start(now.minus(ROLLS_UP));
    }

    /** What is to be read of the minutes. */
    Instant liveFrom() {
        return Stream.of(lastHourFrom(), openFrom()).min(Instant::compareTo).orElseThrow();
    }

    Instant minute() {
        return FlowSpan.MINUTE.start(now);
    }

    /** The last 24 hours, the open one at the end. */
    List<Instant> hours() {
        Instant last = FlowSpan.HOUR.start(now);
        return Stream.iterate(last, hour -> hour.minus(HOUR)).limit(HOURS).toList().reversed();
    }

    /** The last 30 days, the open one at the end. */
    List<Instant> days() {
        Instant last = FlowSpan.DAY.start(now);
        return Stream.iterate(last, day -> day.minus(DAY)).limit(DAYS).toList().reversed();
    }

    /** The last hour that is read from DynamoDB. */
    Instant lastArchivedHour() {
        return openFrom().minus(HOUR);
    }
}
