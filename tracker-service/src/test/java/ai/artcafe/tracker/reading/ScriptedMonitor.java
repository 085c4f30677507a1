package ai.artcafe.tracker.reading;

import static ai.artcafe.tracker.reading.Rows.SERVER;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers a poll with what it was told to. */
final class ScriptedMonitor implements ConnectionMonitor {

    final List<Long> asked = new ArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    final Map<String, Instant> gone = new HashMap<>();
    final Map<String, Instant> missed = new HashMap<>();
    Set<String> missing = Set.of();
    Optional<String> only = Optional.empty();
    int anew;

    private final ConnectionTable table;
    private final Clock clock;
    private List<ConnectionRow> rows = List.of();

    ScriptedMonitor(ConnectionTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    void next(ConnectionRow... next) {
        rows = List.of(next);
    }

    @Override
    public Poll poll() {
        table.list(new ConnectionList(SERVER, false, rows), clock.instant());
        Map<String, Instant> through =
                gone.containsKey(SERVER) ? Map.of() : Map.of(SERVER, clock.instant());
        return new Poll(clock.instant(), through, missing, gone);
    }

    @Override
    public void identify(String serverId, Collection<Long> cids) {
        asked.addAll(cids);
    }

    @Override
    public void readAnew(String reason) {
        anew++;
    }

    @Override
    public Optional<String> onlyServer() {
        return only;
    }

    @Override
    public Optional<Instant> missedSince(String serverId) {
        return Optional.ofNullable(missed.get(serverId));
    }

    @Override
    public void forget(String serverId) {
        forgotten.add(serverId);
        gone.remove(serverId);
    }
}
