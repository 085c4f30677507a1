package ai.artcafe.tracker.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.NatsIdentity;
import ai.artcafe.tracker.TrackerStack;
import ai.artcafe.tracker.broker.BusClient;
import ai.artcafe.tracker.broker.TestAgents;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** From an agent's messages at the NATS door to the notice on the bus. */
@QuarkusTest
@QuarkusTestResource(TrackerStack.class)
class LimitNoticeIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int MESSAGES = 2000;

    private final LocalStack stack =
            LocalStack.shared(Backing.NATS, Backing.REDIS, Backing.DYNAMODB);
    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final AgentId agent = new AgentId("a-" + UUID.randomUUID());

    @Inject DynamoDbClient dynamoDb;
    @Inject ObjectMapper json;

    @Test
    void the_gateways_hear_of_an_agent_above_its_rate() throws Exception {
        TenantRecord known =
                new TenantRecord(tenant, "Acme", Plan.FREE, Slot.number(9), Instant.now());
        dynamoDb.putItem(put -> put.tableName(Table.TENANTS.tableName()).item(known.toItem()));
        try (TestAgents agents = new TestAgents(stack);
                BusClient gateway = new BusClient(stack, stack.keys().seed(NatsIdentity.GATEWAY));
                Connection connection =
                        agents.connect(new ConnectionOwner.Agent(tenant, agent), Slot.number(9))) {
            List<String> heard = gateway.listen(PlatformSubjects.OVER_LIMIT);
            for (int i = 0; i < MESSAGES; i++) {
                connection.publish("tenant." + tenant + ".x", new byte[] {'1'});
            }
            connection.flush(SOON);

            await().atMost(SOON).until(() -> excesses(heard).findAny().isPresent());
            OverLimit.Excess excess = excesses(heard).findFirst().orElseThrow();
            assertThat(excess.tenantId()).isEqualTo(tenant);
            assertThat(excess.kind()).isEqualTo(OverLimit.Kind.AGENT_MESSAGES_PER_SECOND);
            assertThat(excess.observed()).isBetween(11L, MESSAGES / 10L);
            assertThat(excess.limit()).isEqualTo(10);
        }
    }

    private Stream<OverLimit.Excess> excesses(List<String> heard) {
        return heard.stream()
                .map(this::read)
                .flatMap(notice -> notice.excesses().stream())
                .filter(excess -> excess.agentId().equals(agent));
    }

    private OverLimit read(String notice) {
        try {
            return json.readValue(notice, OverLimit.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
