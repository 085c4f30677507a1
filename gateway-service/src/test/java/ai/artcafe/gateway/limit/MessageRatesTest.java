package ai.artcafe.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.plan.PlanLimits;
import io.github.bucket4j.TimeMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageRatesTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final AgentId AGENT = new AgentId("worker");
    private static final PlanLimits FREE = Plan.FREE.limits(); // 10 of an agent, 20 of the tenant
    private static final long MILLISECOND = 1_000_000;

    private long nanos = 1;
    private final TimeMeter time =
            new TimeMeter() {
                @Override
                public long currentTimeNanos() {
                    return nanos;
                }

                @Override
                public boolean isWallClockBased() {
                    return false;
                }
            };
    private final MessageRates here = new MessageRates(time);

    @Test
    void a_second_s_messages_may_come_at_once_and_then_one_by_one() {
        MessageRate rate = here.of(TENANT, AGENT, FREE);

        assertThat(taken(rate, 50)).isEqualTo(10);
        nanos += 250 * MILLISECOND;
        assertThat(taken(rate, 50)).isEqualTo(2);
    }

    @Test
    void agents_share_what_their_tenant_has() {
        int taken =
                IntStream.range(0, 5)
                        .map(i -> taken(here.of(TENANT, new AgentId("a-" + i), FREE), 10))
                        .sum();

        assertThat(taken).isEqualTo(20);
    }

    @Test
    void what_an_agent_has_used_here_is_missing_elsewhere() {
        MessageRates there = new MessageRates(time);
        MessageRate rateThere = there.of(TENANT, AGENT, FREE);
        taken(here.of(TENANT, AGENT, FREE), 7);

        tell(here, there);

        assertThat(taken(rateThere, 50)).isEqualTo(3);
        assertThat(here.takeUsedByAgents()).isEmpty();
    }

    @Test
    void an_agent_that_moves_to_another_gateway_takes_along_what_it_has_used() {
        MessageRates there = new MessageRates(time);
        taken(here.of(TENANT, AGENT, FREE), 10);

        tell(here, there);

        assertThat(taken(there.of(TENANT, AGENT, FREE), 50)).isZero();
    }

    @Test
    void over_time_all_gateways_together_let_through_what_one_would() {
        int seconds = 60;
        List<MessageRates> gateways = new ArrayList<>();
        List<MessageRate> rates = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            gateways.add(new MessageRates(time));
            rates.add(gateways.getLast().of(TENANT, AGENT, FREE));
        }
        int taken = 0;
        for (int round = 0; round < seconds * 10; round++) {
            for (MessageRate rate : rates) {
                taken += taken(rate, 5);
            }
            gateways.forEach(one -> tell(one, gateways));
            nanos += 100 * MILLISECOND;
        }

        int fair = 10 * (seconds + 1);
        assertThat(taken).isBetween(fair - 20, fair + 3 * 10 + 4 * 10);
    }

    @Test
    void what_is_told_late_keeps_nobody_out_for_longer_than_two_seconds() {
        MessageRate rate = here.of(TENANT, AGENT, FREE);
        here.agentUsedElsewhere("worker", 1_000_000);

        nanos += 2001 * MILLISECOND;

        assertThat(taken(rate, 50)).isZero();
        nanos += 1000 * MILLISECOND;
        assertThat(taken(rate, 50)).isEqualTo(10);
    }

    @Test
    void a_changed_limit_holds_for_open_sockets() {
        MessageRate rate = here.of(TENANT, AGENT, FREE);
        taken(rate, 10);

        here.change(TENANT, Plan.STARTER.limits());
        assertThat(taken(rate, 500)).isEqualTo(50);
        here.change(TENANT, Plan.ENTERPRISE.limits());
        assertThat(taken(rate, 500)).isEqualTo(500);
        here.change(TENANT, FREE);
        assertThat(taken(rate, 500)).isEqualTo(10);
    }

    @Test
    void who_has_no_limit_is_not_told_of() {
        taken(here.of(TENANT, AGENT, Plan.ENTERPRISE.limits()), 100);

        assertThat(here.takeUsedByAgents()).isEmpty();
        assertThat(here.takeUsedByTenants()).isEmpty();
    }

    private static void tell(MessageRates from, List<MessageRates> all) {
        var agents = from.takeUsedByAgents();
        var tenants = from.takeUsedByTenants();
        all.stream()
                .filter(other -> other != from)
                .forEach(other -> {
                    agents.forEach(other::agentUsedElsewhere);
                    tenants.forEach(other::tenantUsedElsewhere);
                });
    }

    private static void tell(MessageRates from, MessageRates to) {
        tell(from, List.of(to));
    }

    private static int taken(MessageRate rate, int attempts) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            if (rate.take() instanceof RateVerdict.Allowed) {
                taken++;
            }
        }
        return taken;
    }
}
