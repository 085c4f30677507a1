package ai.artcafe.tracker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.artcafe.model.flow.Distribution;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.TestStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** From a real Redis to a real DynamoDB. */
class FlowRollupIT {

    private static final Instant MINUTE = Instant.parse("2026-11-20T10:05:00Z");

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final AgentId agent = new AgentId("a-" + UUID.randomUUID());
    private final TestClock clock = new TestClock(MINUTE);
    private final Map<TenantId, Tier> tiers = new ConcurrentHashMap<>();
    private final List<FlowMinute> told = new CopyOnWriteArrayList<>();
    private FlowStores stores;
    private FlowRollup rollup;

    @BeforeEach
    void start() {
        LocalStack stack = LocalStack.shared(Backing.REDIS, Backing.DYNAMODB);
        try (TestStores created = new TestStores(stack, Map.of())) {
            created.tables().create();
        }
        stores = new FlowStores(stack, clock);
        stores.nothingDue();
        stores.forgetTaps();
        tiers.put(tenant, Tier.ENTERPRISE);
        rollup = stores.rollup(tiers, List.of(told::add));
    }

    @AfterEach
    void stop() {
        stores.close();
    }

    @Test
    void what_two_trackers_saw_of_a_minute_is_one_item() {
        stores.tell("one", tenant, MINUTE, Flows.of("tasks.new", 1, 2, 3));
        stores.tell("two", tenant, MINUTE, Flows.of("tasks.done", 40));
        stores.published(tenant, MINUTE, agent, 4, 400);
        stores.wentWrong(tenant, MINUTE, ErrorSignal.TIMEOUT, 1);

        settle(MINUTE);

        assertThat(points(FlowSpan.MINUTE))
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.start()).isEqualTo(MINUTE);
                    assertThat(point.messages()).isEqualTo(4);
                    assertThat(point.bytes()).isEqualTo(400);
                    assertThat(point.distinctSubjects()).isEqualTo(2);
                    assertThat(point.activeAgents()).isEqualTo(1);
                    assertThat(point.errors()).isEqualTo(Map.of("timeout", 1L));
                    assertThat(point.latencyP99().orElseThrow()).isCloseTo(3, within(0.04));
                });
        Flow flow = stores.flows().flow(tenant, FlowSpan.MINUTE, MINUTE).orElseThrow();
        assertThat(flow.subjects().top(1).getFirst().item()).isEqualTo("tasks.new");
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().agents()).isEqualTo(Map.of(agent, new Traffic(4, 400)));
        assertThat(told.getFirst().tier()).isEqualTo(Tier.ENTERPRISE);
    }

    @Test
    void a_minute_is_left_alone_until_all_trackers_have_told_of_it() {
        stores.tell("one", tenant, MINUTE, Flows.of("s", 1));
        clock.set(MINUTE.plusSeconds(64));

        assertThat(rollup.run()).isZero();

        assertThat(stores.items(tenant)).isEmpty();
    }

    @Test
    void hours_and_days_are_made_of_minutes() {
        for (int minute = 0; minute < 120; minute += 10) {
            stores.tell("one", tenant, MINUTE.plusSeconds(minute * 60L), Flows.of("s", minute + 1));
        }

        settle(MINUTE.plus(Duration.ofDays(1)));

        assertThat(points(FlowSpan.HOUR)).extracting(FlowPoint::messages).containsExactly(6L, 6L);
        assertThat(points(FlowSpan.DAY))
                .singleElement()
                .satisfies(day -> assertThat(day.messages()).isEqualTo(12));
        assertThat(stores.dueCount()).isZero();
    }

    @Test
    void it_may_be_killed_at_any_write() {
        TenantId undisturbed = tenant;
        Map<String, Map<String, AttributeValue>> expected = rolledUp(undisturbed, 0, false);
        int writes = expected.size();

        for (int write = 1; write <= writes; write++) {
            for (boolean taken : new boolean[] {false, true}) {
                TenantId victim = new TenantId("t-" + UUID.randomUUID());
                assertThat(rolledUp(victim, write, taken))
                        .as("killed at write %d, taken %s", write, taken)
                        .isEqualTo(expected);
            }
        }
    }

    /** The items that come of a tenant's two minutes; the tracker dies at a write, if at all. */
    private Map<String, Map<String, AttributeValue>> rolledUp(
            TenantId of, int dieAt, boolean taken) {
        clock.set(MINUTE);
        tiers.put(of, Tier.ENTERPRISE);
        stores.tell("one", of, MINUTE, Flows.of("s", 1, 2));
        stores.tell("two", of, MINUTE.plusSeconds(60), Flows.of("s", 3));
        Instant end = MINUTE.plus(Duration.ofDays(1));
        if (dieAt > 0) {
            stores.writes().dieAt(dieAt, taken);
            rollup = stores.rollup(tiers, List.of(told::add));
            settle(end);
            assertThat(stores.writes().mend()).isTrue();
            rollup = stores.rollup(tiers, List.of(told::add));
        }
        settle(end);
        assertThat(stores.dueCount()).isZero();
        return comparable(of);
    }

    @Test
    void rolling_up_again_and_by_several_at_once_changes_nothing() {
        stores.tell("one", tenant, MINUTE, Flows.of("s", 1, 2));
        settle(MINUTE.plus(Duration.ofDays(1)));
        var written = stores.items(tenant);
        for (DueSpan span :
                List.of(
                        new DueSpan(tenant, FlowSpan.DAY, MINUTE),
                        new DueSpan(tenant, FlowSpan.HOUR, MINUTE),
                        new DueSpan(tenant, FlowSpan.MINUTE, MINUTE))) {
            stores.due(span.member(), MINUTE);
        }

        List<Thread> trackers =
                List.of(
                        Thread.startVirtualThread(() -> stores.rollup(tiers, List.of()).run()),
                        Thread.startVirtualThread(() -> stores.rollup(tiers, List.of()).run()));
        trackers.forEach(FlowRollupIT::join);
        settle(MINUTE.plus(Duration.ofDays(1)));

        assertThat(stores.items(tenant)).isEqualTo(written);
        assertThat(stores.dueCount()).isZero();
    }

    @Test
    void what_a_tracker_tells_too_late_is_found_at_the_second_look() {
        Instant last = Instant.parse("2026-11-20T10:59:00Z");
        stores.tell("one", tenant, last, Flows.of("s", 1));
        settle(last.plus(Duration.ofMinutes(2)));
        assertThat(points(FlowSpan.HOUR)).extracting(FlowPoint::messages).containsExactly(1L);

        stores.share("two", tenant, last, Flows.of("s", 2, 3).toBytes());
        settle(last.plus(Duration.ofDays(1)));

        assertThat(points(FlowSpan.MINUTE)).extracting(FlowPoint::messages).containsExactly(3L);
        assertThat(points(FlowSpan.HOUR)).extracting(FlowPoint::messages).containsExactly(3L);
        assertThat(points(FlowSpan.DAY)).extracting(FlowPoint::messages).containsExactly(3L);
        assertThat(told).extracting(minute -> minute.point().messages()).containsExactly(1L, 3L);
    }

    @Test
    void a_share_that_redis_lost_takes_nothing_from_what_is_written() {
        stores.tell("one", tenant, MINUTE, Flows.of("s", 1, 2));
        settle(MINUTE.plusSeconds(70));
        stores.share("one", tenant, MINUTE, Flows.of("s", 1).toBytes());

        settle(MINUTE.plus(Duration.ofDays(1)));

        assertThat(points(FlowSpan.DAY)).extracting(FlowPoint::messages).containsExactly(2L);
    }

    @Test
    void detail_expires_as_the_tier_has_it() {
        Map<Tier, TenantId> tenants = new TreeMap<>();
        for (Tier tier : Tier.values()) {
            TenantId of = new TenantId("t-" + UUID.randomUUID());
            tenants.put(tier, of);
            tiers.put(of, tier);
            stores.tell("one", of, MINUTE, Flows.of("s", 1));
        }
        settle(MINUTE.plusSeconds(70));

        tenants.forEach((tier, of) ->
                assertThat(stores.items(of).values())
                        .hasSize(2)
                        .allSatisfy(item ->
                                assertThat(Long.parseLong(item.get("ttl").n()))
                                        .isEqualTo(
                                                MINUTE.plusSeconds(60)
                                                        .plus(tier.detailRetention())
                                                        .getEpochSecond())));
        clock.set(MINUTE.plus(Duration.ofDays(3)));
        assertThat(pointsOf(tenants.get(Tier.BASIC))).isEmpty();
        assertThat(pointsOf(tenants.get(Tier.PROFESSIONAL))).hasSize(1);
    }

    @Test
    void tenants_are_kept_apart() {
        TenantId other = new TenantId("t-" + UUID.randomUUID());
        tiers.put(other, Tier.BASIC);
        stores.tell("one", tenant, MINUTE, Flows.of("mine", 1));
        stores.tell("one", other, MINUTE, Flows.of("theirs", 1, 1));
        settle(MINUTE.plus(Duration.ofDays(1)));

        clock.set(MINUTE.plusSeconds(70));
        Flow mine = stores.flows().flow(tenant, FlowSpan.DAY, MINUTE).orElseThrow();
        assertThat(mine.messages()).isEqualTo(1);
        assertThat(mine.subjects().top(9))
                .extracting(entry -> entry.item())
                .containsExactly("mine");
        assertThat(stores.items(tenant).values())
                .allSatisfy(
                        item -> assertThat(item.get("tenant_id").s()).isEqualTo(tenant.value()));
    }

    @Test
    void what_cannot_be_read_holds_nothing_else_up() {
        TenantId gone = new TenantId("t-" + UUID.randomUUID());
        stores.tell("one", gone, MINUTE, Flows.of("s", 1));
        stores.due("no span", MINUTE);
        stores.tell("one", tenant, MINUTE, Flows.of("s", 1));
        stores.share("two", tenant, MINUTE, new byte[] {9, 9, 9});

        settle(MINUTE.plus(Duration.ofDays(1)));

        assertThat(points(FlowSpan.DAY)).extracting(FlowPoint::messages).containsExactly(1L);
        assertThat(rollup.counts().unreadable()).isPositive();
        assertThat(stores.items(gone)).isEmpty();
        assertThat(stores.dueCount()).isZero();
    }

    @Test
    void listeners_are_told_in_order_and_hold_nothing_up() {
        List<Instant> minutes = new ArrayList<>();
        rollup =
                stores.rollup(
                        tiers,
                        List.of(
                                _ -> {
                                    throw new IllegalStateException("deaf");
                                },
                                minute -> minutes.add(minute.point().start())));
        for (int i = 0; i < 5; i++) {
            stores.tell("one", tenant, MINUTE.plusSeconds(i * 60L), Flows.of("s", 1));
        }

        settle(MINUTE.plusSeconds(6 * 60));

        assertThat(minutes).hasSize(5).isSorted();
        assertThat(points(FlowSpan.MINUTE)).hasSize(5);
        assertThat(rollup.counts().deafListeners()).isEqualTo(5);
    }

    @Test
    void points_are_of_the_spans_that_begin_in_the_range() {
        for (int i = 0; i < 4; i++) {
            stores.tell("one", tenant, MINUTE.plusSeconds(i * 60L), Flows.of("s", 1));
        }
        settle(MINUTE.plusSeconds(6 * 60));

        assertThat(
                        stores.flows()
                                .points(
                                        tenant,
                                        FlowSpan.MINUTE,
                                        MINUTE.plusSeconds(30),
                                        MINUTE.plusSeconds(180)))
                .extracting(FlowPoint::start)
                .containsExactly(MINUTE.plusSeconds(60), MINUTE.plusSeconds(120));
        assertThat(stores.flows().points(tenant, FlowSpan.MINUTE, MINUTE, MINUTE)).isEmpty();
        assertThat(stores.flows().flow(tenant, FlowSpan.HOUR, MINUTE)).isEmpty();
    }

    /** The mean of the minutes' p99s is far off: few minutes are slow. */
    @Test
    void a_weeks_p99_is_within_one_percent_of_the_truth() {
        Random random = new Random(7);
        List<Double> all = new ArrayList<>();
        Instant monday = Instant.parse("2026-11-09T00:00:00Z");
        for (int day = 0; day < 7; day++) {
            for (int i = 0; i < 6; i++) {
                Instant minute =
                        monday.plus(Duration.ofDays(day))
                                .plus(Duration.ofMinutes(i * 200L + random.nextInt(200)));
                boolean slow = i == 0;
                double[] latencies = new double[slow ? 200 : 1_000];
                Arrays.setAll(
                        latencies, _ -> Math.exp(random.nextGaussian() * 0.8 + (slow ? 6 : 1)));
                stores.tell("one", tenant, minute, Flows.of("s", latencies));
                Arrays.stream(latencies).forEach(all::add);
            }
        }

        settle(monday.plus(Duration.ofDays(8)));

        Distribution week = new Distribution();
        for (int day = 0; day < 7; day++) {
            week.merge(
                    stores.flows()
                            .flow(tenant, FlowSpan.DAY, monday.plus(Duration.ofDays(day)))
                            .orElseThrow()
                            .latency());
        }
        List<Double> sorted = all.stream().sorted().toList();
        double truth = sorted.get((int) (0.99 * (sorted.size() - 1)));
        assertThat(week.count()).isEqualTo(all.size());
        assertThat(week.quantile(0.99).orElseThrow()).isCloseTo(truth, within(truth * 0.0101));
        double mean =
                stores
                        .flows()
                        .points(tenant, FlowSpan.MINUTE, monday, monday.plus(Duration.ofDays(7)))
                        .stream()
                        .mapToDouble(point -> point.latencyP99().orElseThrow())
                        .average()
                        .orElseThrow();
        assertThat(Math.abs(mean - truth) / truth).isGreaterThan(0.2);
    }

    @Test
    void it_is_on_record_when_no_tap_listened() {
        look(MINUTE, MINUTE);
        look(MINUTE.plusSeconds(30), MINUTE.plusSeconds(30));
        look(MINUTE.plusSeconds(60), MINUTE.plusSeconds(31));
        look(MINUTE.plusSeconds(300), MINUTE.plusSeconds(299));
        rollup = stores.rollup(tiers, List.of());
        look(MINUTE.plusSeconds(310), MINUTE.plusSeconds(309));
        look(MINUTE.plusSeconds(400), MINUTE.plusSeconds(399));

        var platform = stores.items(UsageKeys.PLATFORM);
        assertThat(platform.get("TAPPED").get("since").s()).isEqualTo("2026-11-20T10:05:00.000Z");
        assertThat(platform.get("TAPPED").get("through").s()).isEqualTo("2026-11-20T10:11:39.000Z");
        assertThat(platform.keySet())
                .containsExactly(
                        "TAPPED",
                        "UNTAPPED#2026-11-20T10:09:59.000Z",
                        "UNTAPPED#2026-11-20T10:11:39.000Z");
        assertThat(platform.get("UNTAPPED#2026-11-20T10:09:59.000Z").get("from").s())
                .isEqualTo("2026-11-20T10:05:31.000Z");
    }

    private void look(Instant now, Instant told) {
        clock.set(now);
        stores.told("one", told);
        rollup.run();
    }

    /** Runs until nothing is due that was due by then. */
    private void settle(Instant until) {
        Instant due = MINUTE.plusSeconds(65).isAfter(until) ? MINUTE.plusSeconds(65) : until;
        clock.set(due.isAfter(clock.instant()) ? due : clock.instant());
        for (int round = 0; round < 20 && rollup.run() > 0; round++) {
            clock.advance(Duration.ofMillis(1));
        }
    }

    private List<FlowPoint> points(FlowSpan span) {
        return stores.flows()
                .points(
                        tenant,
                        span,
                        MINUTE.minus(Duration.ofDays(1)),
                        MINUTE.plus(Duration.ofDays(2)));
    }

    private List<FlowPoint> pointsOf(TenantId of) {
        return stores.flows().points(of, FlowSpan.MINUTE, MINUTE, MINUTE.plusSeconds(60));
    }

    /** Without whose they are and when they were written. */
    private Map<String, Map<String, AttributeValue>> comparable(TenantId of) {
        return stores.items(of).entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                item -> {
                                    var attributes = new HashMap<>(item.getValue());
                                    attributes
                                            .keySet()
                                            .removeAll(Set.of("pk", "tenant_id", "updated_at"));
                                    return attributes;
                                }));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
