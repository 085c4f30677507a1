package ai.artcafe.tracker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.NoLease;
import ai.artcafe.tracker.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Hours are their minutes and days their hours, whatever comes when and how often. */
class FlowRollupPropertyTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");

    /** A message: at what minute of the day, seen by which tracker, on what subject, how late. */
    record Message(int minute, int tracker, int subject, int latency) {}

    @Property(tries = 60)
    void a_day_is_the_merge_of_all_its_minutes(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 86_399_999) Integer> seeds,
            @ForAll Random order) {
        List<Message> messages = seeds.stream().map(FlowRollupPropertyTest::message).toList();
        RollupInMemory stores = new RollupInMemory();
        Flow truth = new Flow();
        messages.forEach(message -> take(truth, message));
        Map<DueSpan, Map<Integer, Flow>> told = new HashMap<>();
        for (Message message : messages) {
            Flow share =
                    told.computeIfAbsent(minute(message), _ -> new HashMap<>())
                            .computeIfAbsent(message.tracker(), _ -> new Flow());
            take(share, message);
        }

        rollUp(stores, told, order);

        Map<DueSpan, FlowSketches> written = stores.written();
        FlowSketches day = written.get(new DueSpan(TENANT, FlowSpan.DAY, DAY));
        FlowSketches hours = merged(written, FlowSpan.HOUR);
        FlowSketches minutes = merged(written, FlowSpan.MINUTE);
        for (FlowSketches one : List.of(day, hours, minutes)) {
            assertThat(one.point(DAY)).isEqualTo(sketches(truth).point(DAY));
            for (double rank = 0; rank <= 1; rank += 0.125) {
                assertThat(one.flow().latency().quantile(rank))
                        .isEqualTo(truth.latency().quantile(rank));
            }
            assertThat(one.flow().subjects().top(200)).hasSameElementsAs(truth.subjects().top(200));
        }
    }

    /** Shares come one by one, between rounds, in any order; spans come up again at random. */
    private static void rollUp(
            RollupInMemory stores, Map<DueSpan, Map<Integer, Flow>> told, Random order) {
        TestClock clock = new TestClock(DAY.plus(Duration.ofHours(25)));
        FlowRollup one = rollup(stores, clock);
        FlowRollup other = rollup(stores, clock);
        List<Runnable> steps = new ArrayList<>();
        told.forEach((minute, flows) ->
                flows.forEach((tracker, flow) ->
                        steps.add(() -> {
                            stores.share("tracker-" + tracker, minute, flow);
                            stores.add(minute, minute.due());
                        })));
        for (int i = 0; i < told.size() / 4 + 1; i++) {
            steps.add(one::run);
            steps.add(other::run);
        }
        Collections.shuffle(steps, order);
        steps.forEach(step -> {
            step.run();
            clock.advance(Duration.ofSeconds(1));
        });
        told.keySet().forEach(minute -> stores.add(minute, clock.instant()));
        List<FlowRollup> trackers = List.of(one, other);
        while (!stores.due(clock.instant(), 1).isEmpty()) {
            trackers.get(order.nextInt(2)).run();
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private static FlowRollup rollup(RollupInMemory stores, TestClock clock) {
        return new FlowRollup(
                stores,
                stores,
                stores,
                new TapRecord(stores, stores, clock),
                _ -> Optional.of(Tier.ENTERPRISE),
                List.of(),
                new NoLease(),
                Settings.of(FlowRollupConfig.class),
                clock);
    }

    private static FlowSketches merged(Map<DueSpan, FlowSketches> written, FlowSpan span) {
        FlowSketches merged = new FlowSketches();
        written.forEach((key, sketches) -> {
            if (key.span() == span) {
                merged.merge(sketches);
            }
        });
        return merged;
    }

    private static FlowSketches sketches(Flow flow) {
        FlowSketches sketches = new FlowSketches();
        sketches.add(flow);
        return sketches;
    }

    private static DueSpan minute(Message message) {
        return new DueSpan(TENANT, FlowSpan.MINUTE, DAY.plus(Duration.ofMinutes(message.minute())));
    }

    private static Message message(int seed) {
        return new Message(seed / 60_000, seed % 3, seed % 31, seed % 1_009);
    }

    private static void take(Flow flow, Message message) {
        flow.count(1, message.latency());
        flow.countInspected(1);
        flow.latency().add(message.latency(), 1);
        flow.sizes().add(message.latency(), 1);
        flow.subjects().add("s" + message.subject(), 1);
        flow.distinctSubjects().add("s" + message.subject());
        if (message.latency() % 10 == 0) {
            flow.countServiceErrors(1);
        }
    }
}
