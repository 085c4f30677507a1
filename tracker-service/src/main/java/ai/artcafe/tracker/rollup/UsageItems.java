package ai.artcafe.tracker.rollup;

import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.LedgerState;
import ai.artcafe.tracker.ledger.Totals;
import ai.artcafe.tracker.ledger.store.Position;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The items of a cut of the ledger.
 *
 * <p>Totals are ordered by their own progress. What has none is ordered by the ledger's revision
 * (sessions, gaps), the ledger's own item by the number of the journal that it is written with.
 */
@Singleton
public final class UsageItems {

    private static final Logger LOG = Logger.getLogger(UsageItems.class);

    private final RollupConfig config;
    private final ObjectMapper json;

    @Inject
    public UsageItems(RollupConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
    }

    /**
     * Everything that the cut holds; the ledger's own item is the last.
     *
     * @param number of the journal
     * @param now under whose minute the snapshots go
     */
    public List<UsageItem> of(LedgerState state, long number, Instant now) {
        Cut cut = new Cut(state, now);
        state.totals().forEach(cut::totals);
        state.positions().forEach(cut::session);
        state.control().forEach(cut::control);
        state.adjustments().forEach(cut::adjustment);
        state.gaps().forEach(cut::gap);
        state.reconciled().forEach(cut::reconciled);
        cut.ledger(number);
        return cut.items;
    }

    private final class Cut {

        private final LedgerState state;
        private final Instant now;
        private final String partition;
        private final List<UsageItem> items = new ArrayList<>();

        Cut(LedgerState state, Instant now) {
            this.state = state;
            this.now = now;
            this.partition = UsageKeys.tenant(state.tenant());
        }

        void totals(Totals totals) {
            long progress = UsageFields.number(totals.fields(), UsageFields.PROGRESS);
            if (progress == 0) {
                return;
            }
            String owner =
                    totals.agent()
                            .map(agent -> UsageKeys.client(state.tenant(), agent))
                            .orElse(partition);
            Map<String, Long> numbers = numbers(totals.fields());
            if (totals.span().isPresent()) {
                Period period = totals.span().get().period();
                Instant start = totals.span().get().start();
                add(
                        owner,
                        UsageKeys.rollup(period, start),
                        numbers,
                        Map.of(),
                        progress,
                        Optional.of(period.end(start).plus(config.rollupLife())));
                return;
            }
            Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
            add(
                    owner,
                    UsageKeys.snapshot(minute),
                    numbers,
                    Map.of(),
                    progress,
                    Optional.of(minute.plus(config.snapshotLife())));
            totals.agent()
                    .ifPresent(agent ->
                            add(
                                    partition,
                                    UsageKeys.total(agent),
                                    numbers,
                                    Map.of(),
                                    progress,
                                    Optional.empty()));
        }

        void session(String key, Position position) {
            Optional<ConnectionKey> connection = ConnectionKey.parse(key);
            if (connection.isEmpty()) {
                LOG.errorf("Not a connection key: tenant=%s key=%s", state.tenant(), key);
                return;
            }
            Counters counters = position.counters();
            Map<String, String> texts = new HashMap<>();
            texts.put(SessionItem.SOURCE, connection.get().source().key());
            texts.put(SessionItem.CONNECTION_ID, connection.get().connectionId());
            texts.put(SessionItem.OPENED_AT, Times.format(position.openedAt()));
            texts.put(SessionItem.STATE, position.state().id());
            position.closedAt().ifPresent(at -> texts.put(SessionItem.CLOSED_AT, Times.format(at)));
            add(
                    UsageKeys.client(state.tenant(), position.agent()),
                    UsageKeys.session(position.openedAt(), connection.get()),
                    Map.of(
                            UsageFields.PUBLISHED, counters.inMessages(),
                            UsageFields.PUBLISHED_BYTES, counters.inBytes(),
                            UsageFields.DELIVERED, counters.outMessages(),
                            UsageFields.DELIVERED_BYTES, counters.outBytes(),
                            UsageFields.CONTROL, counters.controlMessages(),
                            UsageFields.CONTROL_BYTES, counters.controlBytes()),
                    texts,
                    state.revision(),
                    position.state() == Position.State.OPEN
                            ? Optional.empty()
                            : Optional.of(now.plus(config.sessionLife())));
        }

        void control(String counter, Traffic moved) {
            add(
                    partition,
                    UsageKeys.control(counter),
                    Map.of(
                            UsageFields.MESSAGES, moved.messages(),
                            UsageFields.BYTES, moved.bytes()),
                    Map.of(),
                    moved.messages() + moved.bytes(),
                    Optional.of(now.plus(config.recoveryLife())));
        }

        void adjustment(Adjustment adjustment) {
            add(
                    partition,
                    UsageKeys.adjustment(adjustment.bookedAt(), adjustment.id()),
                    Map.of(
                            UsageFields.ADJUSTMENT_MESSAGES, adjustment.amount().messages(),
                            UsageFields.ADJUSTMENT_BYTES, adjustment.amount().bytes()),
                    Map.of(LedgerItem.JSON, json(adjustment)),
                    1,
                    Optional.of(
                            Period.MONTHLY.end(adjustment.bookedAt()).plus(config.rollupLife())));
        }

        void gap(Gap gap) {
            add(
                    partition,
                    UsageKeys.gap(gap.from(), gap.source()),
                    Map.of(),
                    Map.of(LedgerItem.JSON, json(gap)),
                    state.revision(),
                    Optional.of(Period.MONTHLY.end(gap.from()).plus(config.rollupLife())));
        }

        void reconciled(Instant day, Map<String, String> fields) {
            add(
                    partition,
                    UsageKeys.reconciledDay(day),
                    longs(fields),
                    Map.of(),
                    fields.containsKey(UsageFields.PROGRESS)
                            ? UsageFields.number(fields, UsageFields.PROGRESS)
                            : state.revision(),
                    Optional.of(Period.DAILY.end(day).plus(config.rollupLife())));
        }

        void ledger(long number) {
            Map<String, Long> numbers = new HashMap<>();
            state.totals().stream()
                    .filter(totals -> totals.agent().isEmpty() && totals.span().isEmpty())
                    .forEach(totals -> {
                        numbers.putAll(numbers(totals.fields()));
                        numbers.put(
                                LedgerItem.TOTALS_PROGRESS,
                                UsageFields.number(totals.fields(), UsageFields.PROGRESS));
                    });
            numbers.put(LedgerItem.REVISION, state.revision());
            add(
                    partition,
                    UsageKeys.LEDGER,
                    numbers,
                    Map.of(LedgerItem.META, json(state.meta())),
                    number,
                    Optional.empty());
        }

        private void add(
                String owner,
                String sortKey,
                Map<String, Long> numbers,
                Map<String, String> texts,
                long progress,
                Optional<Instant> expiresAt) {
            items.add(
                    new UsageItem(
                            owner, sortKey, state.tenant(), numbers, texts, progress, expiresAt));
        }
    }

    /** All fields of totals but their progress; those that every item has are there if zero. */
    private static Map<String, Long> numbers(Map<String, String> fields) {
        Map<String, Long> numbers = new HashMap<>(UsageFields.write(UsageFields.read(fields)));
        numbers.put(
                UsageFields.LAST_ACTIVITY, UsageFields.number(fields, UsageFields.LAST_ACTIVITY));
        numbers.putAll(longs(fields));
        return numbers;
    }

    private static Map<String, Long> longs(Map<String, String> fields) {
        Map<String, Long> numbers = new HashMap<>();
        fields.forEach((name, value) -> {
            if (!name.equals(UsageFields.PROGRESS)) {
                numbers.put(name, Long.valueOf(value));
            }
        });
        return numbers;
    }

    private String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not to be had as JSON: " + value.getClass(), e);
        }
    }
}
