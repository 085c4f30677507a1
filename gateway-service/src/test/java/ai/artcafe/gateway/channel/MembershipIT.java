package ai.artcafe.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.SecondGateway;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.gateway.channel.registry.ChannelSubscriptions;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.LocalStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sockets that are open on two gateways follow what their agent belongs to. The other gateway looks
 * when it is told, this one by itself as well.
 */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class MembershipIT {

    private static final String NEWS = "/api/v1/channels/news";

    private static SecondGateway other;

    LocalStack stack;

    @Inject ChannelSubscriptions subscriptions;
    @Inject Clock clock;

    private Platform.Agent agent;

    @BeforeEach
    void makeAChannelAndAnAgent() {
        if (other == null) {
            other =
                    SecondGateway.start(
                            stack, Map.of("ARTCAFE_GATEWAY_CHANNELS_MEMBERSHIPS_EVERY", "1h"));
        }
        agent = Platform.sshAgent(Platform.tenant("enterprise"));
        Platform.as(agent.tenant(), Role.ADMIN)
                .body(Map.of("channel_id", "news"))
                .post("/api/v1/channels")
                .then()
                .statusCode(201);
    }

    @AfterAll
    static void stopTheOther() {
        other.close();
        other = null;
    }

    @Test
    void openSocketsHearAChannelForAsLongAsTheirAgentBelongsToIt() {
        TestSocket here = agent.connect();
        TestSocket there = agent.connect(other.port());

        put();

        for (TestSocket socket : List.of(here, there)) {
            assertThat(socket.next("subscribed").path("channel").asText()).isEqualTo("news");
        }
        send(1);
        assertThat(here.next("message").path("data").asInt()).isEqualTo(1);
        assertThat(there.next("message").path("data").asInt()).isEqualTo(1);

        remove();

        for (TestSocket socket : List.of(here, there)) {
            assertThat(socket.next("unsubscribed").path("channel").asText()).isEqualTo("news");
        }
        send(2);
        here.hasNothingElse();
        there.hasNothingElse();
        here.close();
        there.close();
    }

    @Test
    void whatAnAgentSaysItselfCountsBesides() {
        TestSocket asks = agent.connect().subscribe("channel.news");
        TestSocket declines = agent.connect(other.port());
        put();
        asks.next("subscribed");
        declines.next("subscribed");
        declines.send("{\"type\":\"unsubscribe\",\"channel\":\"news\"}").next("unsubscribed");

        send(1);
        assertThat(asks.next("message").path("data").asInt()).isEqualTo(1);
        declines.hasNothingElse();

        Platform.as(agent.tenant(), Role.ADMIN).delete(NEWS).then().statusCode(204);
        TestSocket witness = agent.connect().subscribe("channel.news");
        asks.send("{\"type\":\"publish\",\"channel\":\"news\",\"data\":2,\"id\":\"m-2\"}");
        assertThat(asks.nextAckAndMessage().path("data").asInt())
                .as("it had subscribed by itself")
                .isEqualTo(2);
        witness.next("message");
        declines.hasNothingElse();
        asks.close();
        declines.close();
        witness.close();
    }

    /** As when the gateway that took the request dies the moment it has written. */
    @Test
    void whatNobodyWasToldOfIsFound() {
        TestSocket here = agent.connect();

        subscriptions.add(
                new TenantId(agent.tenant()),
                new ChannelId("news"),
                new AgentId(agent.id()),
                clock.instant());

        here.next("subscribed");
        here.close();
    }

    private void put() {
        Platform.as(agent.tenant(), Role.ADMIN)
                .put(NEWS + "/subscriptions/" + agent.id())
                .then()
                .statusCode(200);
    }

    private void remove() {
        Platform.as(agent.tenant(), Role.ADMIN)
                .delete(NEWS + "/subscriptions/" + agent.id())
                .then()
                .statusCode(204);
    }

    private void send(int data) {
        Platform.as(agent.tenant(), Role.MEMBER)
                .body("{\"data\":" + data + "}")
                .post(NEWS + "/messages")
                .then()
                .statusCode(202);
    }
}
