package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.stack.BackingService;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.UsageView;
import ai.artcafe.system.load.SteadyLoad;
import ai.artcafe.system.platform.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A NATS server takes what it counted since it was last read with it. That is a poll at most, it is
 * written down for whom it concerns, and nothing is ever made up for it.
 */
class ServerKillST {

    /** A poll is a second; the rest is for a slow machine. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(6);

    /** In a fraction of it nobody can have waited for another server to come. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final Platform platform = BreakablePlatform.platform();
    private final BackingService nats = platform.stack().nats();
    private final Api api = BreakablePlatform.api();
    private final List<TenantId> tenants = BreakablePlatform.newTenants(2);
    private SteadyLoad load;
    private LiveTotals redis;
    private BillingRecords records;

    @BeforeEach
    void begin() {
        redis = new LiveTotals(platform.stack().redisUrl());
        records = BillingRecords.of(platform.stack());
        load = SteadyLoad.begin(platform, tenants, 3);
        load.carry(2_000);
    }

    @AfterEach
    void end() {
        nats.start();
        load.close();
        redis.close();
        records.dynamoDb().close();
    }

    @Test
    void a_killed_server_costs_a_poll_at_most_and_the_gap_is_kept() {
        Instant killed = Instant.now();
        nats.kill();
        nats.start();
        load.carry(1_000);

        Map<TenantId, Gap> gaps = awaitGaps(Duration.ofSeconds(60));

        assertThat(gaps.values()).allSatisfy(gap -> isSensible(gap, killed));
        totalsAreRightButFor(gaps);
        everythingIsReadAgain();
    }

    @Test
    void a_server_that_ends_in_order_leaves_its_gap_at_once() {
        Instant stopped = Instant.now();
        nats.stop();

        Map<TenantId, Gap> gaps = awaitGaps(AT_ONCE);
        nats.start();
        load.carry(1_000);

        assertThat(gaps.values()).allSatisfy(gap -> isSensible(gap, stopped));
        totalsAreRightButFor(gaps);
        everythingIsReadAgain();
    }

    private Map<TenantId, Gap> awaitGaps(Duration atMost) {
        Map<TenantId, Gap> gaps = new HashMap<>();
        await("a gap for each tenant")
                .atMost(atMost)
                .untilAsserted(() -> {
                    for (TenantId tenant : tenants) {
                        Map<String, Gap> found = Gaps.in(redis.hash(RedisKeys.gaps(tenant)));
                        assertThat(found).as("gaps of " + tenant).hasSize(1);
                        gaps.put(tenant, found.values().iterator().next());
                    }
                });
        return gaps;
    }

    private static void isSensible(Gap gap, Instant ended) {
        assertThat(gap.source()).startsWith("n:");
        assertThat(gap.returned()).isFalse();
        assertThat(gap.connections()).isBetween(1L, 3L);
        assertThat(gap.from()).isBetween(ended.minus(LONGEST_GAP), ended.plus(LONGEST_GAP));
        assertThat(gap.to()).isBetween(gap.from(), gap.from().plus(LONGEST_GAP));
        assertThat(gap.to()).isAfterOrEqualTo(ended.minusMillis(1));
    }

    /** Nothing but what was carried in the gap may be missing. */
    private void totalsAreRightButFor(Map<TenantId, Gap> gaps) {
        load.close();
        for (TenantId tenant : tenants) {
            UsageTotals least = load.least(tenant, gaps.get(tenant).from());
            UsageTotals most = load.most(tenant);
            await("usage of " + tenant)
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> liesBetween(least, usage(tenant), most));
            Gap gap = gaps.get(tenant);
            await("the gap of " + tenant + " in DynamoDB")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(records.texts(tenant, UsageKeys.GAPS, "json"))
                                    .containsOnlyKeys(UsageKeys.gap(gap.from(), gap.source()))
                                    .allSatisfy((_, json) ->
                                            assertThat(Gaps.parse(json)).isEqualTo(gap)));
            // what the reconciliation finds later must not count it twice
            liesBetween(least, usage(tenant), most);
        }
    }

    private UsageTotals usage(TenantId tenant) {
        UsageView usage = UsageView.of(api.usage(tenant));
        return new UsageTotals(
                usage.published(),
                usage.delivered(),
                usage.control(),
                usage.agents().stream().mapToLong(agent -> agent.totals().connections()).sum());
    }

    private static void liesBetween(UsageTotals least, UsageTotals counted, UsageTotals most) {
        String about =
                "\n  at least %s\n  counted  %s\n  at most  %s\n".formatted(least, counted, most);
        assertThat(counted.published()).as(about).matches(seen -> covers(seen, least.published()));
        assertThat(most.published()).as(about).matches(all -> covers(all, counted.published()));
        assertThat(counted.delivered()).as(about).matches(seen -> covers(seen, least.delivered()));
        assertThat(most.delivered()).as(about).matches(all -> covers(all, counted.delivered()));
        assertThat(counted.connections())
                .as(about)
                .isBetween(least.connections(), most.connections());
        assertThat(counted.control()).as(about).isEqualTo(Traffic.NONE);
    }

    private static boolean covers(Traffic whole, Traffic part) {
        return whole.messages() >= part.messages() && whole.bytes() >= part.bytes();
    }

    private void everythingIsReadAgain() {
        Instant now = Instant.now();
        await("complete_through to come back")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(UsageView.of(api.usage(tenants.getFirst())).completeThrough())
                                .hasValueSatisfying(through -> assertThat(through).isAfter(now)));
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).pollInterval(Duration.ofMillis(100));
    }
}
