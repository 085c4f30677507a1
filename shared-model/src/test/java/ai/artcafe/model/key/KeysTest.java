package ai.artcafe.model.key;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names that dashboards, billing and operators look things up by. */
class KeysTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId AGENT = new AgentId("agent-7");
    private static final Instant AT = Instant.parse("2026-11-21T03:31:59.5Z");

    @Test
    void redis_keys_are_the_published_ones() {
        assertThat(RedisKeys.GLOBAL).isEqualTo("tracker:global");
        assertThat(RedisKeys.tenant(ACME)).isEqualTo("tracker:tenant:{acme}");
        assertThat(RedisKeys.tenantHour(ACME, AT))
                .isEqualTo("tracker:tenant:{acme}:hourly:2026112103");
        assertThat(RedisKeys.client(ACME, AGENT)).isEqualTo("tracker:client:{acme}:agent-7");
        assertThat(RedisKeys.tenantDay(ACME, AT)).isEqualTo("stats:d:2026-11-21:{acme}");
    }

    @Test
    void all_keys_of_a_tenant_share_a_cluster_slot() {
        assertThat(
                        Stream.of(
                                RedisKeys.tenant(ACME),
                                RedisKeys.tenantHour(ACME, AT),
                                RedisKeys.tenantDay(ACME, AT),
                                RedisKeys.tenantMonth(ACME, AT),
                                RedisKeys.client(ACME, AGENT),
                                RedisKeys.clientDay(ACME, AGENT, AT),
                                RedisKeys.clientMonth(ACME, AGENT, AT),
                                RedisKeys.dayAgents(ACME, AT),
                                RedisKeys.monthAgents(ACME, AT),
                                RedisKeys.openConnections(ACME),
                                RedisKeys.recentSeconds(ACME),
                                RedisKeys.positions(ACME),
                                RedisKeys.dirty(ACME)))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.contains("{acme}"));
    }

    @Test
    void dynamodb_keys_are_the_published_ones() {
        ConnectionKey connection = new ConnectionKey(ReadingSource.natsServer("NABC"), "17");

        assertThat(UsageKeys.client(AGENT)).isEqualTo("CLIENT#agent-7");
        assertThat(UsageKeys.tenant(ACME)).isEqualTo("TENANT#acme");
        assertThat(UsageKeys.snapshot(AT)).isEqualTo("METRICS#2026-11-21T03:31:59.500Z");
        assertThat(UsageKeys.session(AT, connection))
                .isEqualTo("SESSION#2026-11-21T03:31:59.500Z#n:NABC/17");
        assertThat(UsageKeys.rollup(Period.HOURLY, AT)).isEqualTo("HOURLY#2026112103");
        assertThat(UsageKeys.rollup(Period.DAILY, AT)).isEqualTo("DAILY#20261121");
        assertThat(UsageKeys.rollup(Period.MONTHLY, AT)).isEqualTo("MONTHLY#202611");
    }

    @Test
    void totals_survive_the_way_through_a_hash() {
        UsageTotals totals =
                new UsageTotals(new Traffic(1, 2), new Traffic(3, 4), new Traffic(5, 6), 7);

        Map<String, String> hash =
                UsageFields.write(totals).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));

        assertThat(UsageFields.read(hash)).isEqualTo(totals);
        assertThat(hash).containsEntry("messages", "4").containsEntry("bytes", "6");
        assertThat(UsageFields.read(Map.of())).isEqualTo(UsageTotals.NONE);
    }
}
