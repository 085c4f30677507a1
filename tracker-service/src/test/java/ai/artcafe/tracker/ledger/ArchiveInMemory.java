package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.tracker.ledger.store.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps what the ledger gives to be written, each on top of what was there; can be away. */
public final class ArchiveInMemory implements LedgerArchive {

    private final Map<TenantId, LedgerState> states = new HashMap<>();
    private boolean away;

    /** Whether it answers at all. */
    public void away(boolean isAway) {
        away = isAway;
    }

    public void write(LedgerState cut) {
        states.merge(cut.tenant(), cut, ArchiveInMemory::onTop);
    }

    @Override
    public Optional<LedgerState> load(TenantId tenant) {
        if (away) {
            throw new LedgerUnavailableException("away", new IllegalStateException("away"));
        }
        return Optional.ofNullable(states.get(tenant)).map(ArchiveInMemory::unsettled);
    }

    private static LedgerState onTop(LedgerState before, LedgerState cut) {
        return new LedgerState(
                cut.tenant(),
                cut.revision(),
                cut.meta(),
                latest(
                        before.totals(),
                        cut.totals(),
                        totals -> List.of(totals.agent(), totals.span())),
                merged(before.positions(), cut.positions()),
                merged(before.control(), cut.control()),
                latest(before.adjustments(), cut.adjustments(), Adjustment::id),
                latest(before.gaps(), cut.gaps(), gap -> gap.source() + gap.from()),
                merged(before.reconciled(), cut.reconciled()));
    }

    private static <T> List<T> latest(List<T> before, List<T> cut, Function<T, Object> id) {
        return List.copyOf(
                Stream.concat(before.stream(), cut.stream())
                        .collect(Collectors.toMap(id, entry -> entry, (_, last) -> last))
                        .values());
    }

    private static <K, V> Map<K, V> merged(Map<K, V> before, Map<K, V> cut) {
        Map<K, V> all = new HashMap<>(before);
        all.putAll(cut);
        return all;
    }

    /** Without the connections of which no reading is taken in any more. */
    private static LedgerState unsettled(LedgerState state) {
        Map<String, Position> positions = new HashMap<>(state.positions());
        positions
                .entrySet()
                .removeIf(entry ->
                        entry.getValue().state() == Position.State.CLOSED
                                && entry.getValue()
                                        .closedAt()
                                        .filter(at -> !at.isAfter(settled(state, entry.getKey())))
                                        .isPresent());
        return new LedgerState(
                state.tenant(),
                state.revision(),
                state.meta(),
                state.totals(),
                positions,
                state.control(),
                state.adjustments(),
                state.gaps(),
                state.reconciled());
    }

    private static Instant settled(LedgerState state, String connection) {
        String source = connection.substring(0, connection.lastIndexOf('/'));
        return Instant.ofEpochMilli(
                Long.parseLong(state.meta().getOrDefault("settled:" + source, "-1")));
    }
}
