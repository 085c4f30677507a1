package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Counters;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What the ledger has applied of one connection; in Redis {@code <state> <opened, epoch ms> <closed
 * or lost, epoch ms, else 0> <agent> <in> <in bytes> <out> <out bytes> <control> <control bytes>}.
 *
 * @param closedAt when it ended, or was lost with its source
 */
public record Position(
        State state,
        Instant openedAt,
        Optional<Instant> closedAt,
        Attribution agent,
        Counters counters) {

    private static final String NEVER = "0";

    /** Where the connection is in its life. */
    public enum State {
        OPEN("o"),
        CLOSED("c"),
        /** Its source went away while it was open. */
        LOST("l");

        private final String code;

        State(String code) {
            this.code = code;
        }

        /** The name in items, lower case. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static State of(String code) {
            for (State state : values()) {
                if (state.code.equals(code)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("position state is not o, c or l: " + code);
        }
    }

    /**
     * @throws IllegalArgumentException when the text is not a position
     */
    static Position parse(String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length != 10) {
            throw new IllegalArgumentException("position must have 10 fields: " + text);
        }
        return new Position(
                State.of(fields[0]),
                Instant.ofEpochMilli(Long.parseLong(fields[1])),
                fields[2].equals(NEVER)
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(Long.parseLong(fields[2]))),
                Attribution.of(fields[3]),
                new Counters(
                        Long.parseLong(fields[4]),
                        Long.parseLong(fields[5]),
                        Long.parseLong(fields[6]),
                        Long.parseLong(fields[7]),
                        Long.parseLong(fields[8]),
                        Long.parseLong(fields[9])));
    }

    String format() {
        return String.join(
                " ",
                state.code,
                Long.toString(openedAt.toEpochMilli()),
                closedAt.map(at -> Long.toString(at.toEpochMilli())).orElse(NEVER),
                agent.value(),
                Long.toString(counters.inMessages()),
                Long.toString(counters.inBytes()),
                Long.toString(counters.outMessages()),
                Long.toString(counters.outBytes()),
                Long.toString(counters.controlMessages()),
                Long.toString(counters.controlBytes()));
    }
}
