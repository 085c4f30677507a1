package ai.artcafe.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.access.Role;
import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class ChannelIT {

    private String tenant;

    @BeforeEach
    void createTenant() {
        tenant = Platform.tenant("enterprise");
    }

    @Test
    void channelsAreMadeReadChangedAndDeleted() {
        create(Map.of("channel_id", "news", "description", "what is new"))
                .then()
                .statusCode(201)
                .header("ETag", notNullValue())
                .body("channel_id", equalTo("news"))
                .body("name", equalTo("news"))
                .body("created_at", matchesPattern(".*\\.[0-9]{3}Z"));
        create(Map.of("channel_id", "news")).then().statusCode(409);
        create(Map.of("name", "Made up")).then().statusCode(201);
        Response page = Platform.as(tenant, Role.VIEWER).get("/api/v1/channels?limit=1");
        page.then().body("items", hasSize(1)).body("next_cursor", notNullValue());
        Platform.as(tenant, Role.VIEWER)
                .queryParam("cursor", page.<String>path("next_cursor"))
                .get("/api/v1/channels")
                .then()
                .body("items", hasSize(1))
                .body("next_cursor", nullValue());

        Platform.as(tenant, Role.ADMIN)
                .header("If-Match", channel("news").header("ETag"))
                .body("{\"name\":\"News\",\"description\":null}")
                .patch("/api/v1/channels/news")
                .then()
                .statusCode(200)
                .body("name", equalTo("News"))
                .body("description", nullValue());
        Platform.as(tenant, Role.MEMBER).delete("/api/v1/channels/news").then().statusCode(403);
        Platform.as(Platform.tenant("free"), Role.ADMIN)
                .delete("/api/v1/channels/news")
                .then()
                .statusCode(404);
        Platform.as(tenant, Role.ADMIN).delete("/api/v1/channels/news").then().statusCode(204);
        channel("news").then().statusCode(404);
        create(Map.of("channel_id", "news")).then().statusCode(201);
    }

    @Test
    void agentsBelongToChannelsUntilEitherIsNoMore() {
        create(Map.of("channel_id", "tasks")).then().statusCode(201);
        String one = Platform.sshAgent(tenant).id();
        String two = Platform.sshAgent(tenant).id();
        String address = "/api/v1/channels/tasks/subscriptions";
        for (String agent : List.of(one, two, one)) {
            Platform.as(tenant, Role.ADMIN)
                    .put(address + "/" + agent)
                    .then()
                    .statusCode(200)
                    .body("agent_id", equalTo(agent));
        }
        Platform.as(tenant, Role.VIEWER).get(address).then().body("items", hasSize(2));
        Platform.as(tenant, Role.VIEWER).get(address + "/" + one).then().statusCode(200);
        Platform.as(tenant, Role.ADMIN).put(address + "/nobody").then().statusCode(404);
        Platform.as(tenant, Role.ADMIN)
                .put("/api/v1/channels/none/subscriptions/" + one)
                .then()
                .statusCode(404);

        Platform.as(tenant, Role.ADMIN).delete(address + "/" + one).then().statusCode(204);
        Platform.as(tenant, Role.ADMIN).delete(address + "/" + one).then().statusCode(404);
        Platform.as(tenant, Role.ADMIN).delete("/api/v1/agents/" + two).then().statusCode(204);
        Platform.as(tenant, Role.VIEWER).get(address).then().body("items", hasSize(0));

        Platform.as(tenant, Role.ADMIN).put(address + "/" + one).then().statusCode(200);
        Platform.as(tenant, Role.ADMIN).delete("/api/v1/channels/tasks").then().statusCode(204);
        create(Map.of("channel_id", "tasks")).then().statusCode(201);
        Platform.as(tenant, Role.VIEWER).get(address).then().body("items", hasSize(0));
    }

    @Test
    void whatAUserSendsReachesAgentsAtBothDoorsAsItIs() throws Exception {
        create(Map.of("channel_id", "news")).then().statusCode(201);
        TestSocket socket = Platform.sshAgent(tenant).connect().subscribe("channel.news");
        try (Connection nats = Platform.natsAgent(tenant).connect()) {
            Subscription direct = nats.subscribe("tenant." + tenant + ".channel.news");
            nats.flush(Duration.ofSeconds(20));

            send(
                            "news",
                            "{\"data\": {\"b\": 1.10, \"a\": [12345678901234567890, null]}, \"id\": \"m-1\"}")
                    .then()
                    .statusCode(202)
                    .body("message_id", equalTo("m-1"))
                    .body("subject", equalTo("tenant." + tenant + ".channel.news"))
                    .body("accepted_at", notNullValue());

            Message message = direct.nextMessage(Duration.ofSeconds(20));
            assertThat(new String(message.getData(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"b\":1.10,\"a\":[12345678901234567890,null]}");
            assertThat(message.getHeaders().getFirst("Nats-Msg-Id")).isEqualTo("m-1");
            assertThat(message.getHeaders().getFirst("Artcafe-Client")).isEqualTo("@api-" + tenant);
            JsonNode frame = socket.next("message");
            assertThat(frame.path("subject").asText()).isEqualTo("channel.news");
            assertThat(frame.path("from").asText()).isEqualTo("@api-" + tenant);

            Response again = send("news", "{\"data\": 1, \"id\": \"m-1\"}");
            again.then().statusCode(202).body("message_id", equalTo("m-1"));
            send("news", "{\"content\": null}").then().statusCode(202);
            assertThat(new String(direct.nextMessage(Duration.ofSeconds(20)).getData()))
                    .as("the repetition was not sent")
                    .isEqualTo("null");
        }
        socket.close();
    }

    @Test
    void anAgentThatBelongsToAChannelHearsItWithoutSubscribing() {
        create(Map.of("channel_id", "news")).then().statusCode(201);
        Platform.Agent agent = Platform.sshAgent(tenant);
        Platform.as(tenant, Role.ADMIN)
                .put("/api/v1/channels/news/subscriptions/" + agent.id())
                .then()
                .statusCode(200);
        TestSocket socket = agent.connect();
        assertThat(socket.next("subscribed").path("channel").asText()).isEqualTo("news");

        send("news", "{\"data\": \"new\"}").then().statusCode(202);

        assertThat(socket.next("message").path("data").asText()).isEqualTo("new");
        socket.close();
    }

    @Test
    void whatCannotBeSentIsRefused() {
        create(Map.of("channel_id", "news")).then().statusCode(201);
        for (String bad :
                List.of(
                        "{}",
                        "[]",
                        "{\"data\":1,\"content\":2}",
                        "{\"data\":1,\"id\":\"\"}",
                        "{\"data\":1,\"id\":\"a b\"}",
                        "{\"data\":1,\"id\":{}}",
                        "{\"data\":" + "[".repeat(101) + "]".repeat(101) + "}")) {
            send("news", bad).then().statusCode(400).body("code", equalTo("invalid_request"));
        }
        send("news", "{\"data\":").then().statusCode(400).body("code", equalTo("invalid_json"));
        send("none", "{\"data\":1}").then().statusCode(404);
        send("news.>", "{\"data\":1}").then().statusCode(404);
        Platform.as(tenant, Role.VIEWER)
                .body("{\"data\":1}")
                .post("/api/v1/channels/news/messages")
                .then()
                .statusCode(403);
        String small = Platform.tenant("free");
        Platform.as(small, Role.ADMIN)
                .body(Map.of("channel_id", "news"))
                .post("/api/v1/channels")
                .then()
                .statusCode(201);
        Platform.as(small, Role.MEMBER)
                .body(Map.of("data", "x".repeat(64 * 1024)))
                .post("/api/v1/channels/news/messages")
                .then()
                .statusCode(413)
                .body("code", equalTo("too_large"));
    }

    private Response send(String channel, String body) {
        return Platform.as(tenant, Role.MEMBER)
                .body(body)
                .post("/api/v1/channels/" + channel + "/messages");
    }

    private Response channel(String id) {
        return Platform.as(tenant, Role.VIEWER).get("/api/v1/channels/" + id);
    }

    private Response create(Map<String, Object> channel) {
        return Platform.as(tenant, Role.ADMIN).body(channel).post("/api/v1/channels");
    }
}
