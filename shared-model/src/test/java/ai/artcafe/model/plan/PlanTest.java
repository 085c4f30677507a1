package ai.artcafe.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    @ParameterizedTest
    @CsvSource({
        "free, basic, 5, 2, 10, 20, 10000, 65536",
        "starter, basic, 25, 4, 50, 200, 250000, 262144",
        "professional, professional, 250, 8, 200, 2000, 10000000, 1048576"
    })
    void plans_are_the_published_ones(
            String id,
            String tier,
            long agents,
            long connections,
            long agentRate,
            long tenantRate,
            long day,
            int frame) {
        Plan plan = Plan.of(id);

        assertThat(plan.tier().id()).isEqualTo(tier);
        assertThat(plan.limits())
                .isEqualTo(new PlanLimits(agents, connections, agentRate, tenantRate, day, frame));
    }

    @Test
    void enterprise_is_unlimited_but_for_connections_and_frames() {
        assertThat(Plan.ENTERPRISE.limits().messagesPerDay()).isEqualTo(PlanLimits.UNLIMITED);
        assertThat(Plan.ENTERPRISE.limits().connectionsPerAgent()).isEqualTo(32);
    }

    @Test
    void an_unknown_plan_is_answered_with_the_known_ones() {
        assertThatThrownBy(() -> Plan.of("gold"))
                .hasMessageContaining("free, starter, professional, enterprise");
    }

    @Test
    void tiers_include_the_ones_below() {
        assertThat(Tier.ENTERPRISE.includes(Tier.BASIC)).isTrue();
        assertThat(Tier.BASIC.includes(Tier.PROFESSIONAL)).isFalse();
    }
}
