package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.BillingPeriod;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.Observed;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of {@code apply.lua}: its keys and arguments, and what its answer means. */
record ApplyCall(List<String> keys, List<String> arguments, List<ControlCount> control) {

    private static final Duration SECONDS_LIFE = Duration.ofMinutes(5);
    private static final Duration MINUTE_LIFE = Duration.ofHours(2);

    /** How much of each control count has been moved, from the script's answer. */
    Map<String, Traffic> moved(Response answer) {
        Map<String, Traffic> moved = new HashMap<>();
        for (int i = 0; i < control.size(); i++) {
            int at = GlobalTotals.FIELDS + 2 * i;
            moved.put(
                    control.get(i).counter(),
                    new Traffic(answer.get(at).toLong(), answer.get(at + 1).toLong()));
        }
        return moved;
    }

    /** What goes into one run. */
    static final class Part {

        private final BookingTime time;
        private final List<Observed> readings = new ArrayList<>();
        private final List<ControlCount> control = new ArrayList<>();

        Part(BookingTime time) {
            this.time = time;
        }

        void add(Observed reading) {
            readings.add(reading);
        }

        void addAll(List<ControlCount> counts) {
            control.addAll(counts);
        }

        int size() {
            return readings.size() + control.size();
        }

        ApplyCall call(TenantId tenant, Instant now, LedgerConfig config, LedgerJson json) {
            Map<Attribution, Integer> agents = new LinkedHashMap<>();
            readings.forEach(observed -> index(agents, observed.reading().agent()));
            control.forEach(count -> index(agents, count.agent()));
            return new ApplyCall(
                    keys(tenant, now, agents),
                    arguments(now, config, json, agents),
                    List.copyOf(control));
        }

        private static void index(Map<Attribution, Integer> agents, Attribution agent) {
            agents.putIfAbsent(agent, agents.size() + 1);
        }

        private List<String> keys(TenantId tenant, Instant now, Map<Attribution, Integer> agents) {
            List<String> keys = new ArrayList<>();
            keys.add(RedisKeys.positions(tenant));
            keys.add(RedisKeys.openConnections(tenant));
            keys.add(RedisKeys.recentSeconds(tenant));
            keys.add(RedisKeys.dirty(tenant));
            keys.add(LedgerKeys.meta(tenant));
            keys.add(LedgerKeys.closed(tenant));
            keys.add(LedgerKeys.control(tenant));
            TotalsKeys.addAgentSets(keys, tenant, time.hour());
            TotalsKeys.addTenant(keys, tenant, time.hour());
            keys.add(RedisKeys.gaps(tenant));
            keys.add(RedisKeys.adjustments(tenant));
            keys.add(LedgerKeys.adjustmentAges(tenant));
            keys.add(RedisKeys.flowAgents(tenant, now));
            TotalsKeys.addAgents(keys, tenant, agents.keySet(), time.hour());
            return keys;
        }

        private List<String> arguments(
                Instant now,
                LedgerConfig config,
                LedgerJson json,
                Map<Attribution, Integer> agents) {
            Arguments arguments =
                    new Arguments()
                            .add(now)
                            .add(Period.HOURLY.label(time.hour()))
                            .add(config.detailLife())
                            .add(config.monthLife())
                            .add(SECONDS_LIFE)
                            .add(MINUTE_LIFE)
                            .add(time.late().map(BillingPeriod::label).orElse(""))
                            .add(agents.size());
            for (Attribution agent : agents.keySet()) {
                arguments
                        .add(agent.value())
                        .add(
                                time.late()
                                        .map(month -> json.body(late(agent, month, now)))
                                        .orElse(""));
            }
            arguments.add(readings.size());
            for (Observed observed : readings) {
                Reading reading = observed.reading();
                Counters counters = reading.counters();
                arguments
                        .add(agents.getOrDefault(reading.agent(), 0))
                        .add(reading.connection().key())
                        .add(reading.connection().source().key())
                        .add(reading.openedAt())
                        .add(observed.at())
                        .add(reading.last())
                        .add(counters.inMessages())
                        .add(counters.inBytes())
                        .add(counters.outMessages())
                        .add(counters.outBytes())
                        .add(counters.controlMessages())
                        .add(counters.controlBytes());
            }
            arguments.add(control.size());
            for (ControlCount count : control) {
                arguments
                        .add(agents.getOrDefault(count.agent(), 0))
                        .add(count.counter())
                        .add(count.seen().messages())
                        .add(count.seen().bytes())
                        .add(count.overdue());
            }
            return arguments.list();
        }

        /** What a month that is closed gets to see of an agent's readings; the script counts. */
        private Adjustment late(Attribution agent, BillingPeriod month, Instant now) {
            List<Observed> its =
                    readings.stream()
                            .filter(observed -> observed.reading().agent().equals(agent))
                            .toList();
            Instant from =
                    its.stream()
                            .map(observed -> observed.reading().openedAt())
                            .min(Instant::compareTo)
                            .filter(month.start()::isBefore)
                            .orElse(month.start());
            Instant to = its.stream().map(Observed::at).max(Instant::compareTo).orElse(month.end());
            return new Adjustment(
                    "",
                    Adjustment.Reason.LATE,
                    agent,
                    Traffic.NONE,
                    now,
                    from,
                    to,
                    Optional.of(month.label()),
                    Map.of(
                            "connections",
                            Long.toString(
                                    its.stream()
                                            .map(observed -> observed.reading().connection())
                                            .distinct()
                                            .count())));
        }
    }
}
