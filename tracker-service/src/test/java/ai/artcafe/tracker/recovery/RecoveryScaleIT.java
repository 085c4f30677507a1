package ai.artcafe.tracker.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** A large tenant, written after a long outage and brought back. */
class RecoveryScaleIT {

    private static final Logger LOG = Logger.getLogger(RecoveryScaleIT.class);

    private static final int AGENTS = 250;
    private static final int SESSIONS = 10_000;
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final TestClock clock = new TestClock(NOW);
    private final Truth truth = new Truth(tenant);

    @Test
    void a_tenant_of_250_agents_and_10_000_connections_is_written_and_comes_back() {
        LocalStack stack = LocalStack.shared(Backing.REDIS, Backing.DYNAMODB);
        try (TestStores stores =
                new TestStores(stack, Map.of("artcafe.rollup.writes-per-second", "100000"))) {
            stores.tables().create();
            stores.tables().empty();
            stores.redis().clear();
            stores.tables().createTenant(tenant);
            List<Observed> readings = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                AgentId agent = new AgentId(tenant + "-" + i % AGENTS);
                readings.add(truth.carry(agent, i, 1 + i % 7, NOW, i % 2 == 0));
            }
            stores.ledger(stores.archive(clock))
                    .apply(List.of(new TenantBatch(tenant, NOW, readings, List.of())));
            UsageTotals all = stores.redis().totals(tenant);

            long begun = System.nanoTime();
            int items = stores.flush(clock).run();
            Duration written = Duration.ofNanos(System.nanoTime() - begun);
            stores.redis().lose();
            begun = System.nanoTime();
            assertThat(stores.recovery(clock).run()).isTrue();
            Duration restored = Duration.ofNanos(System.nanoTime() - begun);

            LOG.infof(
                    "Large tenant: items=%d written_ms=%d items_per_second=%d restored_ms=%d",
                    items,
                    written.toMillis(),
                    items * 1000L / written.toMillis(),
                    restored.toMillis());
            assertThat(items).isGreaterThan(SESSIONS + 4 * AGENTS);
            assertThat(stores.redis().totals(tenant)).isEqualTo(all);
            assertThat(all.published().messages()).isGreaterThan(SESSIONS);
            assertThat(
                            stores.redis()
                                    .send(Command.HLEN, RedisKeys.positions(tenant))
                                    .map(Response::toInteger))
                    .contains(SESSIONS);
            assertThat(all.control()).isEqualTo(Traffic.NONE);
        }
    }
}
