package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.store.SessionArchive;
import ai.artcafe.model.presence.Door;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One connection, by its last reading.
 *
 * @param connectionId unique at its source
 * @param source the run of a NATS server or gateway that counted it
 * @param door through which the agent came
 * @param openedAt when it was opened
 * @param closedAt when it was booked as closed, or as lost; left out while it is open
 * @param state {@code open}, {@code closed} or {@code lost} with its source
 * @param readAt when this was written; up to a minute after it was read
 * @param within {@code all}: it lies in the period as a whole; {@code part}: it crosses the
 *     period's beginning or end, and how much of it lies within is not known exactly
 * @param published since it was opened; at the NATS door with control, which only the agent's total
 *     tells apart
 */
public record SessionView(
        String connectionId,
        String source,
        Door door,
        Instant openedAt,
        Optional<Instant> closedAt,
        String state,
        Optional<Instant> readAt,
        Within within,
        Traffic published,
        Traffic delivered,
        Traffic control) {

    /** How a connection lies to a period. */
    public enum Within {
        ALL,
        PART;

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static SessionView of(SessionArchive.Kept kept, ExplainedPeriod period) {
        return new SessionView(
                kept.connectionId(),
                kept.source().id(),
                Door.of(kept.source().kind()),
                kept.openedAt(),
                kept.closedAt(),
                kept.state(),
                kept.readAt(),
                isWithin(kept, period) ? Within.ALL : Within.PART,
                kept.carried().published(),
                kept.carried().delivered(),
                kept.carried().control());
    }

    private static boolean isWithin(SessionArchive.Kept kept, ExplainedPeriod period) {
        return !kept.openedAt().isBefore(period.slice().start())
                && kept.closedAt()
                        .filter(closed -> closed.isBefore(period.slice().end()))
                        .isPresent();
    }

    Traffic takenIn() {
        return published.plus(control);
    }
}
