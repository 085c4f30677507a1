package ai.artcafe.tracker.presence;

import ai.artcafe.model.presence.Door;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.usage.ConnectionKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has been heard of an agent. Merging is the same in any order and any number of times; the
 * epoch stands for never.
 *
 * @param beat its last heartbeat
 * @param door where that came in
 * @param reported how it last said it is
 * @param detailsAt when it last told of its version or metrics
 * @param ended when a connection of it was last seen closed
 * @param connections that it has, or had
 */
public record Facts(
        Instant beat,
        Optional<Door> door,
        Optional<PresenceStatus> reported,
        Instant reportedAt,
        Optional<String> version,
        Map<String, Double> metrics,
        Instant detailsAt,
        Instant ended,
        Set<ConnectionKey> connections) {

    private static final Instant NEVER = Instant.EPOCH;

    /** Nothing: the agent is only to be looked at. */
    public static final Facts NONE =
            new Facts(
                    NEVER,
                    Optional.empty(),
                    Optional.empty(),
                    NEVER,
                    Optional.empty(),
                    Map.of(),
                    NEVER,
                    NEVER,
                    Set.of());

    public Facts {
        metrics = Map.copyOf(metrics);
        connections = Set.copyOf(connections);
    }

    static Facts heartbeat(Instant at, Door door, SelfReport report) {
        return report(at, report).merge(NONE.with(at, door));
    }

    /** It says something of itself, which alone does not make it one that beats. */
    static Facts report(Instant at, SelfReport report) {
        return new Facts(
                NEVER,
                Optional.empty(),
                report.status(),
                report.status().isPresent() ? at : NEVER,
                report.version(),
                report.metrics(),
                report.hasDetails() ? at : NEVER,
                NEVER,
                Set.of());
    }

    static Facts connection(ConnectionKey connection) {
        return connections(Set.of(connection));
    }

    public static Facts connections(Set<ConnectionKey> connections) {
        return new Facts(
                NEVER,
                Optional.empty(),
                Optional.empty(),
                NEVER,
                Optional.empty(),
                Map.of(),
                NEVER,
                NEVER,
                connections);
    }

    static Facts closed(Instant at) {
        return new Facts(
                NEVER,
                Optional.empty(),
                Optional.empty(),
                NEVER,
                Optional.empty(),
                Map.of(),
                NEVER,
                at,
                Set.of());
    }

    private Facts with(Instant newBeat, Door newDoor) {
        return new Facts(
                newBeat,
                Optional.of(newDoor),
                reported,
                reportedAt,
                version,
                metrics,
                detailsAt,
                ended,
                connections);
    }

    /** All that both tell. */
    Facts merge(Facts other) {
        Facts beating = other.beat.isAfter(beat) ? other : this;
        boolean isNewer = other.detailsAt.isAfter(detailsAt);
        Facts telling = isNewer ? other : this;
        Facts before = isNewer ? this : other;
        Facts reporting = isReportedAfter(other) ? other : this;
        Set<ConnectionKey> all = connections;
        if (!other.connections.isEmpty()) {
            all = new HashSet<>(connections);
            all.addAll(other.connections);
        }
        return new Facts(
                beating.beat,
                beating.door,
                reporting.reported,
                reporting.reportedAt,
                telling.version.or(() -> before.version),
                telling.metrics.isEmpty() ? before.metrics : telling.metrics,
                telling.detailsAt,
                other.ended.isAfter(ended) ? other.ended : ended,
                all);
    }

    /** Of two reports of the same moment the worse counts. */
    private boolean isReportedAfter(Facts other) {
        int order = other.reportedAt.compareTo(reportedAt);
        return order > 0
                || order == 0
                        && other.reported.isPresent()
                        && reported.filter(mine -> mine.compareTo(other.reported.get()) >= 0)
                                .isEmpty();
    }
}
