package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.stack.BackingService;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.UsageView;
import ai.artcafe.system.load.OverheardLoad;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A gateway dies before it has told who said what it passed on last, and NATS has counted it all
 * the same.
 */
class GatewayCrashST {

    /** By how much the headers of a message differ from their mean at most. */
    private static final long HEADER_BYTES = 8;

    private static final int SOCKETS = 4;

    private final Platform platform = BreakablePlatform.platform();
    private final BackingService gateway = platform.service(Service.GATEWAY);
    private final Api api = BreakablePlatform.api();
    private final TenantId tenant = BreakablePlatform.newTenants(1).getFirst();
    private OverheardLoad load;
    private LiveTotals redis;

    @BeforeEach
    void begin() {
        redis = new LiveTotals(platform.stack().redisUrl());
        load = OverheardLoad.begin(platform, tenant, SOCKETS);
        load.carry(500);
        await("all sockets to be known")
                .untilAsserted(() -> assertThat(publishers()).hasSize(SOCKETS));
    }

    @AfterEach
    void end() {
        gateway.start();
        load.close();
        redis.close();
    }

    @Test
    void what_a_killed_gateway_passed_on_is_charged_to_its_tenant() {
        Instant killed = Instant.now();
        gateway.kill();

        await("what was overheard to be counted").untilAsserted(this::publishedIsExact);
        await("the gap of the gateway").untilAsserted(() -> gapIsKept(killed));
        publishedIsExact();
    }

    private void publishedIsExact() {
        UsageView usage = UsageView.of(api.usage(tenant));
        Traffic overheard = load.overheard();
        Traffic lost = lost(usage);
        assertThat(usage.published().messages())
                .as("published, of which adjusted %s", lost)
                .isEqualTo(overheard.messages());
        assertThat(lost.messages()).as("what nobody told").isPositive();
        assertThat(usage.adjustments()).isEqualTo(lost);
        assertThat(usage.published().bytes())
                .as("bytes, of which adjusted %s", lost)
                .isCloseTo(overheard.bytes(), Offset.offset(lost.messages() * HEADER_BYTES));
        assertThat(sum(usage.agents())).isEqualTo(usage.published());
    }

    private List<UsageView.AgentUsage> publishers() {
        return UsageView.of(api.usage(tenant)).agents().stream()
                .filter(agent -> agent.totals().published().messages() > 0)
                .toList();
    }

    /** What is booked to gateways. */
    private static Traffic lost(UsageView usage) {
        return sum(
                usage.agents().stream()
                        .filter(agent -> agent.agentId().startsWith(Attribution.GATEWAY))
                        .toList());
    }

    private static Traffic sum(List<UsageView.AgentUsage> agents) {
        return agents.stream()
                .map(UsageView.AgentUsage::totals)
                .map(UsageTotals::published)
                .reduce(Traffic.NONE, Traffic::plus);
    }

    private void gapIsKept(Instant killed) {
        Map<String, Gap> gaps = Gaps.in(redis.hash(RedisKeys.gaps(tenant)));
        assertThat(gaps.values())
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.source()).startsWith("g:");
                    assertThat(gap.returned()).isFalse();
                    assertThat(gap.connections()).isEqualTo(SOCKETS);
                    assertThat(gap.from())
                            .isBetween(killed.minusSeconds(6), killed.plusMillis(500));
                });
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(250));
    }
}
