package ai.artcafe.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.SecondGateway;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.gateway.connection.store.LedgerConnections;
import ai.artcafe.gateway.excess.store.Strikes;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.stack.LocalStack;
import io.nats.client.Connection;
import io.nats.client.NKey;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An agent's connections at both doors are counted together. The test stands in the trackers'
 * place, or nobody does.
 */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class NatsConnectionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REPLACED = 4409;

    private static SecondGateway other;

    LocalStack stack;

    @Inject OtherGateways others;
    @Inject Arrivals arrivals;
    @Inject NatsDoor door;
    @Inject LedgerConnections ledger;
    @Inject ConnectionLimit limit;
    @Inject AgentRegistry registry;
    @Inject Strikes strikes;
    @Inject RedisDataSource redis;
    @Inject Clock clock;

    @BeforeEach
    void startTheOther() {
        if (other == null) {
            other = SecondGateway.start(stack, Map.of());
        }
        await().atMost(PATIENCE).until(() -> others.size() == 1);
        forgetTheLedger();
    }

    @AfterEach
    void forgetTheLedger() {
        redis.key().del(RedisKeys.SOURCES, RedisKeys.RESTORED);
    }

    @AfterAll
    static void stopTheOther() {
        other.close();
        other = null;
    }

    @Test
    void theNewestOfBothDoorsStay() throws Exception {
        Both agent = Both.of(Platform.tenant("free"));
        try (Connection first = agent.connect();
                TestSocket second = agent.ssh().connect(other.port());
                Connection third = agent.connect()) {
            // no tracker has counted them: the NATS server is asked
            await().atMost(PATIENCE).until(() -> first.getStatus() == Connection.Status.CLOSED);
            second.hasNothingElse();

            tellTheLedger(agent, 3);
            try (Connection fourth = agent.connect()) {
                assertThat(second.awaitClose()).isEqualTo(REPLACED);
                third.flush(PATIENCE);
                fourth.flush(PATIENCE);
            }
        }
        await().atMost(PATIENCE).until(() -> closed(agent).getList("items").size() == 2);
        assertThat(closed(agent).getList("items.door"))
                .containsExactlyInAnyOrder("nats", "websocket");
        assertThat(closed(agent).getList("items.reason")).containsOnly("replaced");
    }

    @Test
    void whomTheTrackersCountWithinThePlanNobodyLooksAt() throws Exception {
        Both agent = Both.of(Platform.tenant("free"));
        tellTheLedger(agent, 2);
        try (Connection one = agent.connect();
                Connection two = agent.connect();
                Connection three = agent.connect()) {
            await().atMost(PATIENCE).until(() -> arrivals.size() == 0);
            for (Connection connection : List.of(one, two, three)) {
                connection.flush(PATIENCE);
            }
        }
    }

    @Test
    void whereTheNewestAreRefusedOneThatIsKnownToBeFullIsNotLetIn() throws Exception {
        Both agent = Both.of(Platform.tenant("free"));
        ReadingSource own = ReadingSource.gateway("under-test", 1);
        Room room = new Room(WhenFull.REFUSE, limit, ledger, own, clock);
        Room replacing = new Room(WhenFull.REPLACE, limit, ledger, own, clock);
        assertThat(room.isFull(agent.owner(), server(), 2)).isFalse();

        tellTheLedger(agent, 2);
        assertThat(room.isFull(agent.owner(), server(), 2)).isTrue();
        assertThat(room.isFull(agent.owner(), server(), 3)).isFalse();
        assertThat(replacing.isFull(agent.owner(), server(), 2)).isFalse();
        var known = registry.find(agent.owner().tenant(), agent.owner().agent()).orElseThrow();
        room.require(known, 2); // of this gateway's sockets the trackers know nothing
        counted(own, clock.instant());
        assertThatThrownBy(() -> room.require(known, 2))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));

        counted(ReadingSource.natsServer(server()), clock.instant().minusSeconds(60));
        assertThat(room.isFull(agent.owner(), server(), 2)).isFalse();
    }

    @Test
    void aRefusalIsKeptOnceForEachBackOff() throws Exception {
        Both agent = Both.of(Platform.tenant("free"));
        for (long window = 1000; window < 1009; window++) {
            strikes.strike(
                    new OverLimit.Excess(
                            agent.owner().tenant(),
                            agent.owner().agent(),
                            OverLimit.Kind.MESSAGES_PER_DAY,
                            99,
                            10),
                    window);
        }
        assertThat(Platform.refusal(new Platform.Signing(agent.nkey()))).isNotEqualTo("welcome");
        assertThat(strikes.note(agent.owner().tenant(), agent.owner().agent())).isFalse();
        await().atMost(PATIENCE).until(() -> !closed(agent).getList("items").isEmpty());
        assertThat(closed(agent).getList("items.state")).containsExactly("refused");
        assertThat(closed(agent).getList("items.reason")).containsExactly("quota_exceeded");
        assertThat(closed(agent).getList("items.server_id")).containsExactly(server());
    }

    private String server() throws InterruptedException {
        ConnectionOwner.Agent nobody =
                new ConnectionOwner.Agent(new TenantId("nobody"), new AgentId("nobody"));
        return door.look(List.of(nobody)).servers().keySet().stream().findFirst().orElseThrow();
    }

    /** What the ledger would say, for as long as it matters. */
    private void tellTheLedger(Both agent, int open) throws InterruptedException {
        redis.value(String.class).set(RedisKeys.RESTORED, "1");
        counted(ReadingSource.natsServer(server()), clock.instant().plusSeconds(600));
        redis.hash(String.class)
                .hset(
                        RedisKeys.openConnections(agent.owner().tenant()),
                        agent.owner().agent().value(),
                        Integer.toString(open));
    }

    private void counted(ReadingSource source, Instant through) {
        redis.hash(String.class)
                .hset(RedisKeys.SOURCES, source.key(), Long.toString(through.toEpochMilli()));
    }

    private static JsonPath closed(Both agent) {
        return Platform.as(agent.owner().tenant().value(), Role.VIEWER)
                .get("/api/v1/connections?state=closed&agent_id=" + agent.owner().agent())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** An agent with a key for each door. */
    private record Both(Platform.Agent ssh, NKey nkey) {

        static Both of(String tenant) throws Exception {
            Platform.Agent agent = Platform.sshAgent(tenant);
            NKey nkey = NKey.createUser(null);
            Platform.as(tenant, Role.ADMIN)
                    .body(Map.of("nkey_public_key", new String(nkey.getPublicKey())))
                    .put("/api/v1/agents/" + agent.id() + "/keys")
                    .then()
                    .statusCode(200);
            return new Both(agent, nkey);
        }

        ConnectionOwner.Agent owner() {
            return new ConnectionOwner.Agent(new TenantId(ssh.tenant()), new AgentId(ssh.id()));
        }

        Connection connect() throws Exception {
            return Platform.connect(new Platform.Signing(nkey));
        }
    }
}
