package ai.artcafe.tracker.recovery.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.Fanout;
import ai.artcafe.tracker.ledger.LedgerState;
import ai.artcafe.tracker.ledger.Totals;
import ai.artcafe.tracker.ledger.store.Position;
import ai.artcafe.tracker.recovery.store.DynamoCalls.Key;
import ai.artcafe.tracker.rollup.LedgerItem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One tenant's ledger being put together from its items. Used once. */
final class TenantArchive {

    /** What of the ledger's facts names a gateway with connections of its own. */
    private static final String LINK = "link:";

    /** The part of a key that comes after all labels and times. */
    private static final String END = "~";

    private static final Duration DAY = Duration.ofDays(1);

    private final DynamoCalls calls;
    private final TenantId tenant;
    private final String partition;
    private final Item own;
    private final ObjectMapper json;
    private final int concurrency;

    private final Map<String, String> meta;
    private final ConcurrentLinkedQueue<Totals> totals = new ConcurrentLinkedQueue<>();
    private final Map<String, Position> positions = new ConcurrentHashMap<>();

    /**
     * @param own the item {@link UsageKeys#LEDGER}
     */
    TenantArchive(
            DynamoCalls calls, TenantId tenant, Item own, ObjectMapper json, int concurrency) {
        this.calls = calls;
        this.tenant = tenant;
        this.partition = UsageKeys.tenant(tenant);
        this.own = own;
        this.json = json;
        this.concurrency = concurrency;
        this.meta = parse(own.requiredText(LedgerItem.META), new TypeReference<>() {});
    }

    /**
     * @param detail from when on hours and days are brought back
     * @param month from when on months are
     */
    LedgerState read(Instant now, Instant detail, Instant month) {
        long revision = own.number(LedgerItem.REVISION);
        Map<String, String> all = fields(own);
        all.put(UsageFields.PROGRESS, Long.toString(own.number(LedgerItem.TOTALS_PROGRESS)));
        if (own.number(LedgerItem.TOTALS_PROGRESS) > 0) {
            totals.add(new Totals(Optional.empty(), Optional.empty(), all));
        }
        spans(now, detail, month);
        Set<Attribution> agents = agents();
        List<Key> agentSpans = agentSpans(agents, now, detail, month);
        Fanout.each(DynamoCalls.batches(agentSpans), concurrency, this::agentSpans);
        // what closed, or was lost, longer ago than the ledger remembers has been settled by then
        Instant oldest =
                Instant.ofEpochMilli(revision).minus(Duration.between(detail, now)).minus(DAY);
        links().forEach(agents::add);
        Fanout.each(agents, concurrency, agent -> sessions(agent, oldest));
        return new LedgerState(
                tenant,
                revision,
                meta,
                List.copyOf(totals),
                positions,
                control(now),
                records(
                        UsageKeys.adjustment(detail, ""),
                        UsageKeys.ADJUSTMENTS,
                        now,
                        new TypeReference<Adjustment>() {}),
                records(
                        UsageKeys.gap(detail, ""),
                        UsageKeys.GAPS,
                        now,
                        new TypeReference<Gap>() {}),
                reconciled(now, detail));
    }

    private void spans(Instant now, Instant detail, Instant month) {
        for (Period period : Period.values()) {
            calls.between(
                            partition,
                            UsageKeys.rollup(period, period == Period.MONTHLY ? month : detail),
                            period.name() + "#" + END)
                    .filter(item -> !item.isExpired(now))
                    .forEach(item -> totals.add(span(Optional.empty(), item)));
        }
    }

    /** The agents of whom there are totals; theirs since the beginning are taken on the way. */
    private Set<Attribution> agents() {
        Set<Attribution> agents = new HashSet<>();
        calls.beginning(partition, UsageKeys.TOTALS)
                .forEach(item -> {
                    Attribution agent =
                            Attribution.of(sortKey(item).substring(UsageKeys.TOTALS.length()));
                    agents.add(agent);
                    totals.add(new Totals(Optional.of(agent), Optional.empty(), fields(item)));
                });
        return agents;
    }

    private List<Key> agentSpans(
            Set<Attribution> agents, Instant now, Instant detail, Instant month) {
        List<String> sortKeys = new ArrayList<>();
        labels(Period.DAILY, detail, now, sortKeys);
        labels(Period.MONTHLY, month, now, sortKeys);
        List<Key> keys = new ArrayList<>();
        for (Attribution agent : agents) {
            sortKeys.forEach(
                    sortKey -> keys.add(new Key(UsageKeys.client(tenant, agent), sortKey)));
        }
        return keys;
    }

    /** One more than until now: a clock may have been ahead. */
    private static void labels(Period period, Instant from, Instant now, List<String> sortKeys) {
        Instant at = period.start(from);
        while (!at.isAfter(now)) {
            sortKeys.add(UsageKeys.rollup(period, at));
            at = period.end(at);
        }
        sortKeys.add(UsageKeys.rollup(period, at));
    }

    private void agentSpans(List<Key> keys) {
        for (Item item : calls.batch(keys)) {
            if (isOurs(item)) {
                totals.add(span(Optional.of(owner(item)), item));
            }
        }
    }

    /** The gateways with connections of their own in the tenant's slot. */
    private Set<Attribution> links() {
        Set<Attribution> links = new HashSet<>();
        meta.keySet().stream()
                .filter(name -> name.startsWith(LINK))
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .forEach(gateway -> links.add(new Attribution.Gateway(gateway)));
        return links;
    }

    private void sessions(Attribution agent, Instant oldest) {
        SessionItems.read(calls, tenant, agent, oldest)
                .forEach(session -> {
                    if (session.isNeeded(meta)) {
                        positions.put(session.connection().key(), session.position());
                    }
                });
    }

    private Map<String, Traffic> control(Instant now) {
        Map<String, Traffic> control = new HashMap<>();
        calls.beginning(partition, UsageKeys.CONTROLS)
                .filter(item -> !item.isExpired(now))
                .forEach(item ->
                        control.put(
                                sortKey(item).substring(UsageKeys.CONTROLS.length()),
                                new Traffic(
                                        item.number(UsageFields.MESSAGES),
                                        item.number(UsageFields.BYTES))));
        return control;
    }

    private <T> List<T> records(String from, String prefix, Instant now, TypeReference<T> type) {
        return calls.between(partition, from, prefix + END)
                .filter(item -> !item.isExpired(now))
                .map(item -> parse(item.requiredText(LedgerItem.JSON), type))
                .toList();
    }

    private Map<Instant, Map<String, String>> reconciled(Instant now, Instant detail) {
        Map<Instant, Map<String, String>> days = new HashMap<>();
        calls.between(partition, UsageKeys.reconciledDay(detail), UsageKeys.RECONCILED + END)
                .filter(item -> !item.isExpired(now))
                .forEach(item ->
                        days.put(
                                Labels.start(
                                        Period.DAILY,
                                        sortKey(item).substring(UsageKeys.RECONCILED.length())),
                                fields(item)));
        return days;
    }

    /** An agent's id may have belonged to another tenant before. */
    private boolean isOurs(Item item) {
        return item.text("tenant_id").filter(tenant.value()::equals).isPresent();
    }

    private Attribution owner(Item item) {
        String owner = item.requiredText(Table.USAGE_METRICS.partitionKey());
        return Attribution.of(
                owner.substring(Math.max(owner.indexOf('#'), owner.lastIndexOf('/')) + 1));
    }

    private static Totals span(Optional<Attribution> agent, Item item) {
        String key = sortKey(item);
        int mark = key.indexOf('#');
        Period period = Period.valueOf(key.substring(0, mark));
        return new Totals(
                agent,
                Optional.of(new Totals.Span(period, Labels.start(period, key.substring(mark + 1)))),
                fields(item));
    }

    /** All numbers but those that are not the ledger's. */
    private static Map<String, String> fields(Item item) {
        Map<String, String> fields = item.numbers();
        fields.keySet()
                .removeAll(List.of(Table.TTL, LedgerItem.REVISION, LedgerItem.TOTALS_PROGRESS));
        return fields;
    }

    private static String sortKey(Item item) {
        return item.requiredText(Table.USAGE_METRICS.sortKey().orElseThrow());
    }

    private <T> T parse(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not what it should be: " + e.getOriginalMessage(), e);
        }
    }
}
