package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyAlert;
import ai.artcafe.model.anomaly.AnomalyState;
import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.flow.FlowHistory;
import ai.artcafe.tracker.flow.FlowMinute;
import ai.artcafe.tracker.reconcile.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Everything around a watch, in memory; trackers come and go, what is stored stays. */
final class WatchStage {

    static final TenantId TENANT = new TenantId("acme");

    final TestClock clock;
    final List<AnomalyAlert> alerts = new ArrayList<>();
    final Map<String, Anomaly> stored = new LinkedHashMap<>();
    final Map<TenantId, AnomalyState> board = new HashMap<>();
    boolean leading = true;
    boolean storeAway;
    boolean historyAway;

    /** Whether the taps hear anything. */
    boolean listening = true;

    private final NavigableMap<Instant, Minute> minutes = new TreeMap<>();
    private final NavigableMap<Instant, Minute> hours = new TreeMap<>();
    private final Map<String, String> settings;
    private AnomalyWatch watch;

    WatchStage(Instant now, Map<String, String> settings) {
        this.clock = new TestClock(now);
        this.settings = settings;
        this.watch = newTracker();
    }

    private AnomalyWatch newTracker() {
        return new AnomalyWatch(
                new AnomalyWatch.Parts(
                        () -> leading,
                        new RolledUp(),
                        this::silent,
                        new Stored(),
                        new Board(),
                        alerts::add),
                Settings.of(AnomalyConfig.class, settings),
                new AnomalyCounts(),
                clock);
    }

    AnomalyWatch watch() {
        return watch;
    }

    /** The tracker is gone, another takes over. */
    void changeTrackers() {
        watch = newTracker();
    }

    /** A minute is over and is rolled up; nobody is told of it. */
    void rolledUp(Minute minute) {
        minutes.put(minute.start(), minute);
        hours.merge(FlowSpan.HOUR.start(minute.start()), minute, WatchStage::sum);
    }

    /** A minute is over, is rolled up and told of, at the time at which that is. */
    void told(Minute minute) {
        told(minute, Tier.ENTERPRISE);
    }

    void told(Minute minute, Tier tier) {
        clock.set(minute.end().plusSeconds(6));
        rolledUp(minute);
        watch.minute(flowMinute(minute, tier));
        watch.tend();
    }

    /** Nothing flows for a minute. */
    void silence() {
        clock.advance(Duration.ofMinutes(1));
        watch.tend();
    }

    static FlowMinute flowMinute(Minute minute, Tier tier) {
        Flow flow = new Flow();
        minute.subjects().ifPresent(flow.distinctSubjects()::merge);
        Map<Attribution, Traffic> agents = new HashMap<>();
        minute.agents()
                .forEach(share ->
                        agents.put(new AgentId(share.name()), new Traffic(share.messages(), 0)));
        return new FlowMinute(TENANT, tier, minute.point(), flow, agents);
    }

    private Set<TenantId> silent(Collection<TenantId> tenants, Instant minute) {
        return listening && !minutes.containsKey(minute) ? Set.copyOf(tenants) : Set.of();
    }

    private static Minute sum(Minute one, Minute other) {
        FlowPoint point =
                new FlowPoint(
                        one.start(),
                        one.point().messages() + other.point().messages(),
                        one.point().bytes() + other.point().bytes(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        Map.of(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty());
        DistinctItems subjects = new DistinctItems();
        one.subjects().ifPresent(subjects::merge);
        other.subjects().ifPresent(subjects::merge);
        return new Minute(point, Optional.of(subjects), List.of(), List.of());
    }

    private final class RolledUp implements FlowHistory {

        @Override
        public List<FlowPoint> points(TenantId tenant, FlowSpan span, Instant from, Instant to) {
            if (historyAway) {
                throw new StoreAwayException("dynamodb", new IllegalStateException("away"));
            }
            return (span == FlowSpan.MINUTE ? minutes : hours)
                    .subMap(from, to).values().stream()
                            .filter(minute -> span != FlowSpan.HOUR || isOver(minute))
                            .map(minute -> at(span.start(minute.start()), minute.point()))
                            .toList();
        }

        private boolean isOver(Minute hour) {
            return !FlowSpan.HOUR.end(hour.start()).isAfter(clock.instant());
        }

        private static FlowPoint at(Instant start, FlowPoint point) {
            return new FlowPoint(
                    start,
                    point.messages(),
                    point.bytes(),
                    0,
                    0,
                    point.activeAgents(),
                    point.distinctSubjects(),
                    point.subjectEntropy(),
                    point.errors(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty());
        }

        @Override
        public Optional<Flow> flow(TenantId tenant, FlowSpan span, Instant start) {
            Flow flow = new Flow();
            hours.subMap(start, span.end(start))
                    .values()
                    .forEach(hour -> hour.subjects().ifPresent(flow.distinctSubjects()::merge));
            return flow.distinctSubjects().estimate() == 0 ? Optional.empty() : Optional.of(flow);
        }
    }

    private final class Stored implements AnomalyStore {

        @Override
        public void keep(Anomaly anomaly, Duration life) {
            requireStore();
            stored.put(anomaly.id(), anomaly);
        }

        @Override
        public List<Anomaly> open(TenantId tenant, Instant since) {
            requireStore();
            return stored.values().stream()
                    .filter(anomaly -> anomaly.tenantId().equals(tenant))
                    .filter(anomaly -> anomaly.endedAt().isEmpty())
                    .toList();
        }

        private void requireStore() {
            if (storeAway) {
                throw new StoreUnavailableException("away", new IllegalStateException());
            }
        }
    }

    private final class Board implements StateBoard {

        @Override
        public void show(TenantId tenant, AnomalyState state) {
            board.put(tenant, state);
        }

        @Override
        public void remove(TenantId tenant) {
            board.remove(tenant);
        }
    }
}
