package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of {@code apply.lua}: its keys and arguments, and what its answer means. */
record ApplyCall(List<String> keys, List<String> arguments, List<ControlCount> control) {

    /** How many totals of the tenant the answer begins with. */
    static final int TOTALS = 7;

    private static final Duration SECONDS_LIFE = Duration.ofMinutes(5);

    /** The runs that a batch takes; an agent's control counts go with its last readings. */
    static List<ApplyCall> of(TenantBatch batch, LedgerConfig config) {
        Map<Attribution, Part> byAgent = new LinkedHashMap<>();
        for (Observed observed : batch.readings()) {
            byAgent.computeIfAbsent(observed.reading().agent(), _ -> new Part())
                    .readings
                    .add(observed);
        }
        for (ControlCount count : batch.control()) {
            byAgent.computeIfAbsent(count.agent(), _ -> new Part()).control.add(count);
        }
        List<ApplyCall> calls = new ArrayList<>();
        Part part = new Part();
        for (Part agent : byAgent.values()) {
            for (Observed observed : agent.readings) {
                if (part.size() >= config.readingsPerScript()) {
                    calls.add(part.call(batch.tenant(), batch.at(), config));
                    part = new Part();
                }
                part.readings.add(observed);
            }
            part.control.addAll(agent.control);
        }
        if (part.size() > 0 || calls.isEmpty()) {
            calls.add(part.call(batch.tenant(), batch.at(), config));
        }
        return calls;
    }

    /** How much of each control count has been moved, from the script's answer. */
    Map<String, Traffic> moved(Response answer) {
        Map<String, Traffic> moved = new HashMap<>();
        for (int i = 0; i < control.size(); i++) {
            moved.put(
                    control.get(i).counter(),
                    new Traffic(
                            answer.get(TOTALS + 2 * i).toLong(),
                            answer.get(TOTALS + 2 * i + 1).toLong()));
        }
        return moved;
    }

    private static final class Part {

        private final List<Observed> readings = new ArrayList<>();
        private final List<ControlCount> control = new ArrayList<>();

        int size() {
            return readings.size() + control.size();
        }

        ApplyCall call(TenantId tenant, Instant at, LedgerConfig config) {
            Map<Attribution, Integer> agents = new LinkedHashMap<>();
            readings.forEach(observed -> index(agents, observed.reading().agent()));
            control.forEach(count -> index(agents, count.agent()));
            return new ApplyCall(
                    keys(tenant, at, agents), arguments(at, config, agents), List.copyOf(control));
        }

        private static void index(Map<Attribution, Integer> agents, Attribution agent) {
            agents.putIfAbsent(agent, agents.size() + 1);
        }

        private static List<String> keys(
                TenantId tenant, Instant at, Map<Attribution, Integer> agents) {
            List<String> keys = new ArrayList<>();
            keys.add(RedisKeys.positions(tenant));
            keys.add(RedisKeys.openConnections(tenant));
            keys.add(RedisKeys.recentSeconds(tenant));
            keys.add(RedisKeys.dirty(tenant));
            keys.add(LedgerKeys.meta(tenant));
            keys.add(LedgerKeys.closed(tenant));
            keys.add(LedgerKeys.control(tenant));
            keys.add(RedisKeys.dayAgents(tenant, at));
            keys.add(RedisKeys.monthAgents(tenant, at));
            keys.add(RedisKeys.tenant(tenant));
            keys.add(RedisKeys.tenantHour(tenant, at));
            keys.add(RedisKeys.tenantDay(tenant, at));
            keys.add(RedisKeys.tenantMonth(tenant, at));
            for (Attribution agent : agents.keySet()) {
                keys.add(RedisKeys.client(tenant, agent));
                keys.add(RedisKeys.clientDay(tenant, agent, at));
                keys.add(RedisKeys.clientMonth(tenant, agent, at));
            }
            return keys;
        }

        private List<String> arguments(
                Instant at, LedgerConfig config, Map<Attribution, Integer> agents) {
            List<String> arguments = new ArrayList<>();
            add(arguments, at.toEpochMilli());
            arguments.add(Period.HOURLY.label(at));
            add(arguments, config.detailLife().toSeconds());
            add(arguments, config.monthLife().toSeconds());
            add(arguments, SECONDS_LIFE.toSeconds());
            add(arguments, config.detailLife().toSeconds());
            add(arguments, agents.size());
            agents.keySet().forEach(agent -> arguments.add(agent.value()));
            add(arguments, readings.size());
            for (Observed observed : readings) {
                Reading reading = observed.reading();
                add(arguments, agents.getOrDefault(reading.agent(), 0));
                arguments.add(reading.connection().key());
                arguments.add(reading.connection().source().key());
                add(arguments, reading.openedAt().toEpochMilli());
                add(arguments, observed.at().toEpochMilli());
                add(arguments, reading.last() ? 1 : 0);
                Counters counters = reading.counters();
                add(arguments, counters.inMessages());
                add(arguments, counters.inBytes());
                add(arguments, counters.outMessages());
                add(arguments, counters.outBytes());
                add(arguments, counters.controlMessages());
                add(arguments, counters.controlBytes());
            }
            add(arguments, control.size());
            for (ControlCount count : control) {
                add(arguments, agents.getOrDefault(count.agent(), 0));
                arguments.add(count.counter());
                add(arguments, count.seen().messages());
                add(arguments, count.seen().bytes());
                add(arguments, count.overdue() ? 1 : 0);
            }
            return arguments;
        }

        private static void add(List<String> arguments, long number) {
            arguments.add(Long.toString(number));
        }
    }
}
