package ai.artcafe.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class AgentSocketIT {

    @Test
    void aMessageArrivesExactlyAsItWasWritten() {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket reader = Platform.sshAgent(tenant).connect().subscribe("tasks.*");
                TestSocket writer = Platform.sshAgent(tenant).connect()) {
            writer.send(
                    "{ \"type\" : \"publish\", \"subject\":\"tasks.new\", \"id\":\"m-1\",\n \"data\" :"
                            + " { \"n\" : 1.50e+03, \"s\":\"\\u00e9 \\/ é\", \"a\":[ 1 , 2 ], \"n\":0 } }");

            assertThat(writer.next("ack").path("id").asText()).isEqualTo("m-1");
            assertThat(reader.nextText())
                    .startsWith(
                            "{\"type\":\"message\",\"subject\":\"tasks.new\",\"data\":{\"n\":1.50e+03,"
                                    + "\"s\":\"\\u00e9 \\/ é\",\"a\":[1,2],\"n\":0},\"timestamp\":\"")
                    .containsPattern(Pattern.compile("\"from\":\"a-[0-9a-f]{8}\"}$"));
        }
    }

    @Test
    void aSubscriptionIsEchoedInTheFormItWasGiven() {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            String absolute = "tenant." + tenant + ".tasks.new";
            socket.subscribe(absolute);
            socket.send("{\"type\":\"publish\",\"subject\":\"tasks.new\",\"data\":1}");
            assertThat(socket.next("message").path("subject").asText()).isEqualTo(absolute);

            socket.send("{\"type\":\"subscribe\",\"channel\":\"news\"}");
            assertThat(socket.next("subscribed").path("channel").asText()).isEqualTo("news");
            socket.send("{\"type\":\"publish\",\"channel\":\"news\",\"data\":\"x\"}");
            assertThat(socket.next("message").path("subject").asText()).isEqualTo("channel.news");
        }
    }

    @Test
    void olderFormsOfTheNamespaceReachARelativeSubscription() {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket socket = Platform.sshAgent(tenant).connect().subscribe("tasks.new")) {
            for (String form : new String[] {"agents." + tenant, tenant, "tenant." + tenant}) {
                socket.send(
                        "{\"type\":\"publish\",\"subject\":\""
                                + form
                                + ".tasks.new\",\"data\":\"x\"}");
                assertThat(socket.next("message").path("subject").asText()).isEqualTo("tasks.new");
            }
        }
    }

    @Test
    void afterUnsubscribingNothingComes() {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket socket = Platform.sshAgent(tenant).connect().subscribe("tasks.new")) {
            socket.send("{\"type\":\"unsubscribe\",\"subject\":\"tasks.new\",\"id\":\"u\"}");
            assertThat(socket.next("unsubscribed").path("id").asText()).isEqualTo("u");
            socket.send("{\"type\":\"publish\",\"subject\":\"tasks.new\",\"data\":1,\"id\":\"p\"}");
            assertThat(socket.next("ack").path("id").asText()).isEqualTo("p");
            socket.hasNothingElse();
        }
    }

    @Test
    void aRepeatedIdIsAcknowledgedAndDeliveredOnce() {
        String tenant = Platform.tenant("enterprise");
        Platform.Agent agent = Platform.sshAgent(tenant);
        try (TestSocket socket = agent.connect().subscribe("tasks.new");
                TestSocket second = agent.connect()) {
            String publish =
                    "{\"type\":\"publish\",\"subject\":\"tasks.new\",\"data\":1,\"id\":\"once\"}";
            second.send(publish);
            second.next("ack");
            socket.next("message");
            second.send(publish);
            second.next("ack");
            socket.send(publish);
            socket.next("ack");
            socket.hasNothingElse();
        }
    }

    @Test
    void anAgentAnswersARequestOnlyWhereItWasAsked() {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket worker = Platform.sshAgent(tenant).connect().subscribe("work");
                TestSocket asker = Platform.sshAgent(tenant).connect()) {
            asker.send(
                    "{\"type\":\"request\",\"subject\":\"work\",\"data\":{\"q\":1},\"id\":\"r\","
                            + "\"timeout_ms\":30000}");
            JsonNode question = worker.next("message");
            String reply = question.path("reply").asText();
            assertThat(reply).startsWith("_INBOX.");
            worker.send("{\"type\":\"publish\",\"subject\":\"" + reply + "\",\"data\":{\"a\": 2}}");

            JsonNode response = asker.next("response");
            assertThat(response.path("id").asText()).isEqualTo("r");
            assertThat(response.path("data").toString()).isEqualTo("{\"a\":2}");

            worker.send("{\"type\":\"publish\",\"subject\":\"_INBOX.other\",\"data\":1}");
            assertThat(worker.next("error").path("code").asText()).isEqualTo("forbidden_subject");
        }
    }

    @Test
    void aRequestThatNobodyAnswersTimesOut() {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket asker = Platform.sshAgent(tenant).connect()) {
            asker.send(
                    "{\"type\":\"request\",\"subject\":\"void\",\"data\":1,\"id\":\"r\","
                            + "\"timeout_ms\":200}");
            JsonNode error = asker.next("error");
            assertThat(error.path("code").asText()).isEqualTo("timeout");
            assertThat(error.path("id").asText()).isEqualTo("r");
        }
    }

    @Test
    void heartbeatsAndPingsAreAnswered() {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            socket.send("{\"type\":\"heartbeat\"}");
            assertThat(socket.next("heartbeat_ack").path("timestamp").asText()).endsWith("Z");
            socket.send("{\"type\":\"presence\",\"id\":\"p\",\"status\":{\"busy\":true}}");
            assertThat(socket.next("ack").path("id").asText()).isEqualTo("p");
            socket.hasNothingElse();
        }
    }

    @Test
    void fragmentsMakeOneFrame() {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            socket.sendInParts("{\"type\":\"pi", "ng\",\"id\":", "\"parts\"}");
            assertThat(socket.next("pong").path("id").asText()).isEqualTo("parts");
        }
    }

    @Test
    void theNewestConnectionsOfAnAgentStay() throws Exception {
        String tenant = Platform.tenant("free");
        Platform.Agent agent = Platform.sshAgent(tenant);
        TestSocket oldest = agent.connect();
        try (TestSocket second = agent.connect();
                TestSocket third = agent.connect()) {
            assertThat(oldest.awaitClose()).isEqualTo(4409);
            second.hasNothingElse();
            third.hasNothingElse();
        }
    }

    /** All at once: while they are taken in, the bucket refills as fast as the plan says. */
    @Test
    void aMessageRateAboveThePlanIsRefusedWithATimeToComeBack() {
        int perSecond = 10;
        int burst = 50;
        String tenant = Platform.tenant("free");
        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            long begun = System.nanoTime();
            for (int i = 0; i < burst; i++) {
                socket.send(
                        "{\"type\":\"publish\",\"subject\":\"x\",\"data\":1,\"id\":\"" + i + "\"}");
            }
            List<JsonNode> answers = new ArrayList<>();
            for (int i = 0; i < burst; i++) {
                answers.add(socket.next());
            }
            long taken = answers.stream().filter(AgentSocketIT::isAck).count();
            double seconds = (System.nanoTime() - begun) / 1e9;

            assertThat(answers.subList(0, perSecond)).allMatch(AgentSocketIT::isAck);
            assertThat(taken).isLessThanOrEqualTo((long) (perSecond * (seconds + 1)) + 1);
            assertThat(answers).extracting(answer -> answer.path("id").asInt()).isSorted();
            assertThat(answers.stream().filter(answer -> !isAck(answer)))
                    .isNotEmpty()
                    .allSatisfy(error -> {
                        assertThat(error.path("code").asText()).isEqualTo("limit_exceeded");
                        assertThat(error.path("retry_after_ms").asLong()).isBetween(1L, 1000L);
                    });
        }
    }

    private static boolean isAck(JsonNode answer) {
        return answer.path("type").asText().equals("ack");
    }
}
