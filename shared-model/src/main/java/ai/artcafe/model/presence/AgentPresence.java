package ai.artcafe.model.presence;

import ai.artcafe.model.usage.ConnectionKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How an agent is, as the trackers keep it; in Redis {@code <status> <since> <seen> <beat> <ended>
 * <reported> <reported at> <details at> <open> <door> <connection key,…>}, times in epoch
 * milliseconds, 0 for never, {@code -} for none.
 *
 * @param since when the status began
 * @param lastSeen when it last gave a sign of life: a heartbeat, a report, opening or closing a
 *     connection
 * @param beat its last heartbeat; the epoch when it never sent one
 * @param ended when the last of its connections closed: no heartbeat from before counts; the epoch
 *     when none did
 * @param reported how it last said it is, since it is here
 * @param open how many connections it has open
 * @param door where its last heartbeat came in
 * @param connections those of the open connections that are known by name
 */
public record AgentPresence(
        PresenceStatus status,
        Instant since,
        Instant lastSeen,
        Instant beat,
        Instant ended,
        Optional<PresenceStatus> reported,
        long open,
        Optional<Door> door,
        List<ConnectionKey> connections) {

    private static final int FIELDS = 11;
    private static final String NONE = "-";

    public AgentPresence {
        connections = List.copyOf(connections);
    }

    /** Empty when the text is none. */
    public static Optional<AgentPresence> parse(String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            return PresenceStatus.parse(fields[0])
                    .map(status ->
                            new AgentPresence(
                                    status,
                                    time(fields[1]),
                                    time(fields[2]),
                                    time(fields[3]),
                                    time(fields[4]),
                                    PresenceStatus.parse(fields[5])
                                            .filter(_ -> time(fields[6]).isAfter(time(fields[4]))),
                                    Long.parseLong(fields[8]),
                                    Door.parse(fields[9]),
                                    keys(fields[10])));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Whether it sends heartbeats on what it has open now. */
    public boolean isBeating() {
        return beat.isAfter(ended);
    }

    /** Through which doors it is here; none while it is offline. */
    public Collection<Door> doors() {
        if (status == PresenceStatus.OFFLINE) {
            return List.of();
        }
        Set<Door> doors = new TreeSet<>();
        connections.forEach(connection -> doors.add(Door.of(connection.source().kind())));
        if (doors.isEmpty()) {
            door.ifPresent(doors::add);
        }
        return doors;
    }

    private static Instant time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static List<ConnectionKey> keys(String text) {
        return text.equals(NONE)
                ? List.of()
                : Stream.of(text.split(",", -1))
                        .flatMap(key -> ConnectionKey.parse(key).stream())
                        .toList();
    }
}
