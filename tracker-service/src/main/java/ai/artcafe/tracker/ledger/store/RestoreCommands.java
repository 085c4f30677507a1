package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.LedgerState;
import ai.artcafe.tracker.ledger.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Redis has to be told so that it has a tenant's ledger again; absolute, so any part twice.
 */
final class RestoreCommands {

    /** Arguments of one command. */
    private static final int AT_ONCE = 1000;

    private final TenantId tenant;
    private final LedgerConfig config;
    private final LedgerJson json;
    private final List<Command> commands = new ArrayList<>();

    /**
     * @param life of the key, zero for good
     */
    record Command(String name, String key, Duration life, List<String> arguments) {}

    private RestoreCommands(TenantId tenant, LedgerConfig config, LedgerJson json) {
        this.tenant = tenant;
        this.config = config;
        this.json = json;
    }

    static List<Command> of(LedgerState state, LedgerConfig config, LedgerJson json) {
        RestoreCommands all = new RestoreCommands(state.tenant(), config, json);
        all.meta(state);
        state.totals().forEach(all::totals);
        all.positions(state.positions());
        all.control(state.control());
        all.adjustments(state.adjustments());
        all.gaps(state.gaps());
        state.reconciled()
                .forEach((day, fields) ->
                        all.hash(
                                RedisKeys.reconciledDay(state.tenant(), day),
                                config.detailLife(),
                                fields));
        return all.commands;
    }

    private void meta(LedgerState state) {
        Map<String, String> meta = new HashMap<>(state.meta());
        meta.remove(MetaFields.RESTORED); // comes last
        meta.put(MetaFields.REVISION, Long.toString(state.revision()));
        hash(LedgerKeys.meta(tenant), Duration.ZERO, meta);
    }

    private void totals(Totals totals) {
        Instant start = totals.span().map(Totals.Span::start).orElse(Instant.EPOCH);
        totals.agent().ifPresent(agent -> remember(agent, totals));
        if (totals.span().isEmpty()) {
            hash(
                    totals.agent()
                            .map(agent -> RedisKeys.client(tenant, agent))
                            .orElseGet(() -> RedisKeys.tenant(tenant)),
                    Duration.ZERO,
                    totals.fields());
            return;
        }
        switch (totals.span().orElseThrow().period()) {
            case HOURLY ->
                    hash(RedisKeys.tenantHour(tenant, start), config.detailLife(), totals.fields());
            case DAILY ->
                    hash(
                            totals.agent()
                                    .map(agent -> RedisKeys.clientDay(tenant, agent, start))
                                    .orElseGet(() -> RedisKeys.tenantDay(tenant, start)),
                            config.detailLife(),
                            totals.fields());
            case MONTHLY ->
                    hash(
                            totals.agent()
                                    .map(agent -> RedisKeys.clientMonth(tenant, agent, start))
                                    .orElseGet(() -> RedisKeys.tenantMonth(tenant, start)),
                            config.monthLife(),
                            totals.fields());
        }
    }

    private void remember(Attribution agent, Totals totals) {
        totals.span()
                .ifPresent(span -> {
                    switch (span.period()) {
                        case HOURLY -> {}
                        case DAILY ->
                                add(
                                        "SADD",
                                        RedisKeys.dayAgents(tenant, span.start()),
                                        config.detailLife(),
                                        List.of(agent.value()));
                        case MONTHLY ->
                                add(
                                        "SADD",
                                        RedisKeys.monthAgents(tenant, span.start()),
                                        config.monthLife(),
                                        List.of(agent.value()));
                    }
                });
    }

    private void positions(Map<String, Position> positions) {
        Map<String, String> texts = new HashMap<>();
        List<String> closed = new ArrayList<>();
        Map<String, Long> open = new HashMap<>();
        positions.forEach((connection, position) -> {
            texts.put(connection, position.format());
            position.closedAt()
                    .ifPresent(at -> {
                        closed.add(Long.toString(at.toEpochMilli()));
                        closed.add(connection);
                    });
            if (position.state() == Position.State.OPEN && position.agent() instanceof AgentId) {
                open.merge(position.agent().value(), 1L, Long::sum);
            }
        });
        hash(RedisKeys.positions(tenant), Duration.ZERO, texts);
        add("ZADD", LedgerKeys.closed(tenant), Duration.ZERO, closed);
        Map<String, String> counts = new HashMap<>();
        open.forEach((agent, count) -> counts.put(agent, count.toString()));
        hash(RedisKeys.openConnections(tenant), Duration.ZERO, counts);
    }

    private void control(Map<String, Traffic> control) {
        Map<String, String> texts = new HashMap<>();
        control.forEach(
                (counter, moved) -> texts.put(counter, moved.messages() + " " + moved.bytes()));
        hash(LedgerKeys.control(tenant), config.detailLife(), texts);
    }

    private void adjustments(Collection<Adjustment> adjustments) {
        Map<String, String> texts = new HashMap<>();
        List<String> ages = new ArrayList<>();
        for (Adjustment adjustment : adjustments) {
            texts.put(adjustment.id(), json.write(adjustment));
            ages.add(Long.toString(adjustment.bookedAt().toEpochMilli()));
            ages.add(adjustment.id());
        }
        hash(RedisKeys.adjustments(tenant), config.detailLife(), texts);
        add("ZADD", LedgerKeys.adjustmentAges(tenant), config.detailLife(), ages);
    }

    private void gaps(Collection<Gap> gaps) {
        Map<String, String> texts = new HashMap<>();
        Map<String, Instant> latest = new HashMap<>();
        for (Gap gap : gaps) {
            if (latest.merge(gap.source(), gap.from(), (a, b) -> a.isAfter(b) ? a : b)
                    .equals(gap.from())) {
                texts.put(gap.source(), json.write(gap));
            }
        }
        hash(RedisKeys.gaps(tenant), config.detailLife(), texts);
    }

    private void hash(String key, Duration life, Map<String, String> fields) {
        List<String> arguments = new ArrayList<>(fields.size() * 2);
        fields.forEach((name, value) -> {
            arguments.add(name);
            arguments.add(value);
        });
        add("HSET", key, life, arguments);
    }

    private void add(String name, String key, Duration life, List<String> arguments) {
        for (int from = 0; from < arguments.size(); from += AT_ONCE) {
            commands.add(
                    new Command(
                            name,
                            key,
                            life,
                            arguments.subList(from, Math.min(from + AT_ONCE, arguments.size()))));
        }
    }

    /** To whom the NATS servers' connections belong, by server and connection id. */
    static Map<String, Map<Long, AgentId>> owners(Map<String, Position> positions) {
        Map<String, Map<Long, AgentId>> owners = new HashMap<>();
        positions.forEach((connection, position) -> {
            if (position.agent() instanceof AgentId agent) {
                Pins.server(connection)
                        .ifPresent(server ->
                                owners.computeIfAbsent(server, _ -> new HashMap<>())
                                        .put(
                                                Long.valueOf(
                                                        connection.substring(
                                                                connection.lastIndexOf('/') + 1)),
                                                agent));
            }
        });
        return owners;
    }
}
