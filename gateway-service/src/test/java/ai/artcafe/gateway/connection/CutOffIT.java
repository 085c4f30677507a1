package ai.artcafe.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.SecondGateway;
import ai.artcafe.gateway.SshIdentity;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.Agent.Status;
import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.revision.EntityTags;
import ai.artcafe.gateway.tenant.registry.TenantDeletion;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.TokenRequest;
import io.nats.client.Connection;
import io.nats.client.NKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways and both doors: who may not be connected any more is not. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class CutOffIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FORBIDDEN = 4403;
    private static final int UNAUTHENTICATED = 4401;

    private static SecondGateway other;

    LocalStack stack;

    @Inject AgentRegistry registry;
    @Inject TenantDeletion deletion;
    @Inject Clock clock;

    @BeforeEach
    void startTheOther() {
        if (other == null) {
            other = SecondGateway.start(stack, Map.of());
        }
    }

    @AfterAll
    static void stopTheOther() {
        other.close();
        other = null;
    }

    @Test
    void aDisabledAgentsSocketsEndOnEveryGateway() throws Exception {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("professional"));
        TestSocket here = agent.connect();
        TestSocket there = agent.connect(other.port());

        disable(agent.tenant(), agent.id());

        assertThat(here.awaitClose()).isEqualTo(FORBIDDEN);
        assertThat(there.awaitClose()).isEqualTo(FORBIDDEN);
    }

    @Test
    void aDisabledAgentsNatsConnectionsEnd() throws Exception {
        Platform.NatsAgent agent = Platform.natsAgent(Platform.tenant("professional"));
        Platform.NatsAgent neighbour = Platform.natsAgent(agent.tenant());
        try (Connection connection = agent.connect();
                Connection untouched = neighbour.connect()) {
            disable(agent.tenant(), agent.id());

            await().atMost(PATIENCE)
                    .until(() -> connection.getStatus() == Connection.Status.CLOSED);
            assertThat(untouched.getStatus()).isEqualTo(Connection.Status.CONNECTED);
        }
    }

    /** As when the gateway that took the request dies the moment it has written. */
    @Test
    void whatNobodyWasToldOfIsFound() throws Exception {
        String tenant = Platform.tenant("professional");
        Platform.Agent disabled = Platform.sshAgent(tenant);
        Platform.Agent deleted = Platform.sshAgent(tenant);
        Platform.NatsAgent direct = Platform.natsAgent(tenant);
        TestSocket here = disabled.connect();
        TestSocket there = disabled.connect(other.port());
        TestSocket deletedThere = deleted.connect(other.port());
        try (Connection connection = direct.connect()) {
            disableUnheard(tenant, disabled.id());
            registry.delete(
                    new TenantId(tenant), new AgentId(deleted.id()), new EntityTags.Absent());
            disableUnheard(tenant, direct.id());

            assertThat(here.awaitClose()).isEqualTo(FORBIDDEN);
            assertThat(there.awaitClose()).isEqualTo(FORBIDDEN);
            assertThat(deletedThere.awaitClose()).isEqualTo(FORBIDDEN);
            await().atMost(PATIENCE)
                    .until(() -> connection.getStatus() == Connection.Status.CLOSED);
        }
    }

    @Test
    void aReplacedKeyEndsWhatItOpenedAndNothingElse() throws Exception {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("professional"));
        NKey nkey = NKey.createUser(null);
        replaceKey(agent, "nkey_public_key", new String(nkey.getPublicKey()));
        TestSocket socket = agent.connect(other.port());
        try (Connection direct = Platform.connect(new Platform.Signing(nkey))) {
            replaceKey(agent, "ssh_public_key", SshIdentity.create().publicKey());
            assertThat(socket.awaitClose()).isEqualTo(UNAUTHENTICATED);
            direct.flush(PATIENCE);

            Platform.Agent renewed = renewed(agent);
            try (TestSocket staying = renewed.connect(other.port())) {
                replaceKey(
                        agent, "nkey_public_key", new String(NKey.createUser(null).getPublicKey()));
                await().atMost(PATIENCE)
                        .until(() -> direct.getStatus() == Connection.Status.CLOSED);
                staying.hasNothingElse();
            }
        }
    }

    @Test
    void theSweepClosesWithTheCodeThatTheNoticeHas() throws Exception {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("professional"));
        TestSocket there = agent.connect(other.port());

        registry.change(
                new TenantId(agent.tenant()),
                new AgentId(agent.id()),
                new EntityTags.Absent(),
                known ->
                        new Agent(
                                known.agentId(),
                                known.tenantId(),
                                known.name(),
                                Optional.of(SshIdentity.create().publicKey()),
                                known.nkeyPublicKey(),
                                known.capabilities(),
                                known.metadata(),
                                known.status(),
                                known.createdAt()),
                clock.instant());

        assertThat(there.awaitClose()).isEqualTo(UNAUTHENTICATED);
    }

    private static Platform.Agent renewed(Platform.Agent agent) {
        SshIdentity key = SshIdentity.create();
        replaceKey(agent, "ssh_public_key", key.publicKey());
        return new Platform.Agent(agent.tenant(), agent.id(), key);
    }

    private static void replaceKey(Platform.Agent agent, String name, String key) {
        Platform.as(agent.tenant(), Role.ADMIN)
                .body(Map.of(name, key))
                .put("/api/v1/agents/" + agent.id() + "/keys")
                .then()
                .statusCode(200);
    }

    void aDeletedTenantHasNothingOpenAnywhere() throws Exception {
        Open open = new Open(Platform.tenant("professional"));
        TestSocket neighbour = Platform.sshAgent(Platform.tenant("free")).connect();

        Platform.asOperator().delete("/api/v1/tenants/" + open.tenant).then().statusCode(204);

        open.awaitEnd();
        neighbour.hasNothingElse();
        neighbour.close();
    }

    /** As when the gateway that took the request dies the moment it has written. */
    @Test
    void aTenantIsDeletedEverywhereWhoeverWasTold() throws Exception {
        Open open = new Open(Platform.tenant("professional"));

        deletion.delete(new TenantId(open.tenant), new EntityTags.Absent(), clock.instant());

        open.awaitEnd();
    }

    /** What a tenant may have open: on two gateways, at both doors, and a dashboard. */
    private final class Open {

        private final String tenant;
        private final TestSocket here;
        private final TestSocket there;
        private final TestSocket dashboard;
        private final Connection direct;

        Open(String tenant) throws Exception {
            this.tenant = tenant;
            Platform.Agent agent = Platform.sshAgent(tenant);
            this.here = agent.connect();
            this.there = agent.connect(other.port());
            String token =
                    Platform.token(TokenRequest.member("vera", new TenantId(tenant), Role.VIEWER));
            this.dashboard = TestSocket.dashboard("?token=" + token, to -> to);
            this.direct = Platform.natsAgent(tenant).connect();
        }

        void awaitEnd() throws Exception {
            assertThat(here.awaitClose()).isEqualTo(FORBIDDEN);
            assertThat(there.awaitClose()).isEqualTo(FORBIDDEN);
            assertThat(dashboard.awaitClose()).isEqualTo(FORBIDDEN);
            await().atMost(PATIENCE).until(() -> direct.getStatus() == Connection.Status.CLOSED);
        }
    }

    private void disableUnheard(String tenant, String agent) {
        registry.change(
                new TenantId(tenant),
                new AgentId(agent),
                new EntityTags.Absent(),
                known -> known.with(Status.DISABLED),
                clock.instant());
    }

    private static void disable(String tenant, String agent) {
        Platform.as(tenant, Role.ADMIN)
                .body(Map.of("status", "disabled"))
                .patch("/api/v1/agents/" + agent)
                .then()
                .statusCode(200);
    }
}
