package ai.artcafe.tracker.rollup;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.tracker.ledger.store.DirtyMarks;
import ai.artcafe.tracker.ledger.store.LedgerReader;
import ai.artcafe.tracker.ledger.store.Position;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has to be written of a tenant, read from the ledger. */
final class UsageItems {

    private final LedgerReader ledger;
    private final RollupConfig config;
    private final TenantId tenant;
    private final Instant now;
    private final List<UsageItem> items = new ArrayList<>();

    private UsageItems(LedgerReader ledger, RollupConfig config, TenantId tenant, Instant now) {
        this.ledger = ledger;
        this.config = config;
        this.tenant = tenant;
        this.now = now;
    }

    /** The items of everything that is marked, in the periods in which it changed. */
    static List<UsageItem> of(
            LedgerReader ledger,
            RollupConfig config,
            TenantId tenant,
            DirtyMarks marks,
            Instant now) {
        UsageItems usage = new UsageItems(ledger, config, tenant, now);
        usage.tenant(marks.hours());
        marks.agents().forEach(agent -> usage.agent(agent, marks.hours()));
        usage.sessions(marks.connections());
        return usage.items;
    }

    private void tenant(Set<Instant> hours) {
        String partition = UsageKeys.tenant(tenant);
        for (Period period : Period.values()) {
            for (Instant start : starts(period, hours)) {
                rollup(partition, period, start, ledger.tenantTotals(tenant, period, start));
            }
        }
        snapshot(partition, ledger.tenantTotals(tenant));
    }

    private void agent(AgentId agent, Set<Instant> hours) {
        String partition = UsageKeys.client(agent);
        for (Period period : Period.values()) {
            for (Instant start : starts(period, hours)) {
                ledger.agentTotals(tenant, agent, period, start)
                        .ifPresent(totals -> rollup(partition, period, start, totals));
            }
        }
        snapshot(partition, ledger.agentTotals(tenant, agent));
    }

    private void rollup(
            String partition, Period period, Instant start, Map<String, String> totals) {
        add(
                partition,
                UsageKeys.rollup(period, start),
                totals,
                period.end(start).plus(config.rollupLife()));
    }

    private void snapshot(String partition, Map<String, String> totals) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        add(partition, UsageKeys.snapshot(minute), totals, minute.plus(config.snapshotLife()));
    }

    private void add(
            String partition, String sortKey, Map<String, String> totals, Instant expiresAt) {
        long progress = UsageFields.number(totals, UsageFields.PROGRESS);
        if (progress > 0) {
            Map<String, Long> numbers = new HashMap<>(UsageFields.write(UsageFields.read(totals)));
            numbers.put(
                    UsageFields.LAST_ACTIVITY,
                    UsageFields.number(totals, UsageFields.LAST_ACTIVITY));
            items.add(
                    new UsageItem(
                            partition, sortKey, tenant, numbers, Map.of(), progress, expiresAt));
        }
    }

    private void sessions(List<String> connections) {
        ledger.positions(tenant, connections)
                .forEach((key, position) ->
                        connection(key)
                                .ifPresent(connection -> items.add(session(connection, position))));
    }

    private UsageItem session(ConnectionKey connection, Position position) {
        Counters counters = position.counters();
        Map<String, Long> numbers =
                Map.of(
                        UsageFields.PUBLISHED, counters.inMessages(),
                        UsageFields.PUBLISHED_BYTES, counters.inBytes(),
                        UsageFields.DELIVERED, counters.outMessages(),
                        UsageFields.DELIVERED_BYTES, counters.outBytes(),
                        UsageFields.CONTROL, counters.controlMessages(),
                        UsageFields.CONTROL_BYTES, counters.controlBytes());
        long carried = numbers.values().stream().mapToLong(Long::longValue).sum();
        int state =
                switch (position.state()) {
                    case OPEN -> 1;
                    case LOST -> 2;
                    case CLOSED -> 3;
                };
        return new UsageItem(
                UsageKeys.client(tenant, position.agent()),
                UsageKeys.session(position.openedAt(), connection),
                tenant,
                numbers,
                Map.of(
                        "source", connection.source().key(),
                        "connection_id", connection.connectionId(),
                        "opened_at", Times.format(position.openedAt()),
                        "state", position.state().id()),
                carried * 4 + state,
                now.plus(config.sessionLife()));
    }

    private static Set<Instant> starts(Period period, Set<Instant> hours) {
        Set<Instant> starts = new HashSet<>();
        hours.forEach(hour -> starts.add(period.start(hour)));
        return starts;
    }

    private static Optional<ConnectionKey> connection(String key) {
        int slash = key.lastIndexOf('/');
        if (slash < 2) {
            return Optional.empty();
        }
        ReadingSource.Kind kind =
                key.startsWith("n:") ? ReadingSource.Kind.NATS : ReadingSource.Kind.GATEWAY;
        return Optional.of(
                new ConnectionKey(
                        new ReadingSource(kind, key.substring(2, slash)),
                        key.substring(slash + 1)));
    }
}
