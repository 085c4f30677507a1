package ai.artcafe.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.LocalStack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The packaged service as a process of its own, ended with SIGTERM. */
class ShutdownIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SERVICE = Path.of("target/quarkus-app/quarkus-run.jar");

    private static LocalStack stack;

    @TempDir private Path folder;

    @BeforeAll
    static void startStack() {
        stack = LocalStack.builder().with(Backing.NATS, Backing.DYNAMODB).inMemory().start();
    }

    @BeforeEach
    void useTheStack() {
        System.setProperty("artcafe.nats.url", stack.natsUrl().toString());
        System.setProperty("artcafe.nats.keys-directory", stack.keysDirectory().toString());
    }

    @AfterAll
    static void closeStack() {
        stack.close();
    }

    /** Other tests of this JVM have a service of their own. */
    @AfterEach
    void forgetTheService() {
        System.clearProperty("artcafe.nats.url");
        System.clearProperty("artcafe.nats.keys-directory");
        RestAssured.reset();
    }

    @Test
    void aPlannedEndLosesNoCountAndTellsTheAgents() throws Exception {
        int port = new FreePorts().next();
        RestAssured.port = port;
        Process service = start(port);
        List<JsonNode> batches = new CopyOnWriteArrayList<>();
        try (Connection tracker = Platform.connectAs("tracker")) {
            tracker.createDispatcher(
                            message -> {
                                batches.add(read(message.getData()));
                                tracker.publish(
                                        message.getReplyTo(),
                                        "+ACK".getBytes(StandardCharsets.UTF_8));
                            })
                    .subscribe(PlatformSubjects.GATEWAY_READINGS, "tracker");
            await().atMost(Duration.ofSeconds(120))
                    .ignoreExceptions()
                    .until(() -> given().get("/health/ready").statusCode() == 200);

            TestSocket socket = Platform.sshAgent(Platform.tenant("enterprise")).connect();
            socket.subscribe("work");
            for (int i = 0; i < 20; i++) {
                socket.send(
                        "{\"type\":\"publish\",\"subject\":\"work\",\"data\":[1],\"id\":\""
                                + i
                                + "\"}");
            }
            for (int i = 0; i < 40; i++) {
                socket.next();
            }
            service.destroy();

            assertThat(socket.awaitClose()).isEqualTo(4503);
            assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();

            // acknowledged or not: it was sent, and is on its way here
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(batches.getLast().path("closing").asBoolean()).isTrue());
        } finally {
            service.destroyForcibly();
        }
        JsonNode reading =
                batches.stream()
                        .flatMap(batch -> batch.path("readings").valueStream())
                        .filter(entry -> entry.path("last").asBoolean())
                        .findFirst()
                        .orElseThrow();
        assertThat(counters(reading)).isEqualTo(new Counters(20, 60, 20, 60, 0, 0));
    }

    @Test
    void withoutATrackerTheLastCountIsLeftWhereOneFindsIt() throws Exception {
        int port = new FreePorts().next();
        RestAssured.port = port;
        Process service = start(port);
        try (DynamoDbClient dynamoDb = client()) {
            try {
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> given().get("/health/ready").statusCode() == 200);
                TestSocket socket = Platform.sshAgent(Platform.tenant("enterprise")).connect();
                for (int i = 0; i < 20; i++) {
                    socket.send(
                            "{\"type\":\"publish\",\"subject\":\"work\",\"data\":[1],\"id\":\""
                                    + i
                                    + "\"}");
                    socket.next("ack");
                }
                service.destroy();

                assertThat(socket.awaitClose()).isEqualTo(4503);
                assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
            } finally {
                service.destroyForcibly();
            }

            List<Map<String, AttributeValue>> parked =
                    dynamoDb.query(query ->
                                    query.tableName(Table.USAGE_METRICS.tableName())
                                            .keyConditionExpression("pk = :pk")
                                            .expressionAttributeValues(
                                                    Map.of(
                                                            ":pk",
                                                            AttributeValue.fromS(
                                                                    UsageKeys.PARKED))))
                            .items();
            assertThat(parked).hasSize(1);
            JsonNode batch = JSON.readTree(parked.getFirst().get(UsageKeys.PARKED_BATCH).s());
            assertThat(parked.getFirst().get("sk").s())
                    .isEqualTo(
                            "g:"
                                    + batch.path("gateway_id").asText()
                                    + "."
                                    + batch.path("epoch").asLong()
                                    + "#00000");
            assertThat(batch.path("closing").asBoolean()).isTrue();
            assertThat(counters(batch.path("readings").path(0)))
                    .isEqualTo(new Counters(20, 60, 0, 0, 0, 0));
        }
    }

    private static DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(stack.dynamoDbUrl())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .httpClient(Apache5HttpClient.create())
                .build();
    }

    private Process start(int port) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-jar",
                                SERVICE.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(Files.createTempFile(folder, "service", ".log").toFile());
        builder.environment().putAll(stack.environment());
        builder.environment().put("ARTCAFE_HTTP_PORT", Integer.toString(port));
        return builder.start();
    }

    private static Counters counters(JsonNode reading) {
        JsonNode counters = reading.path("counters");
        return new Counters(
                counters.path("in_messages").asLong(),
                counters.path("in_bytes").asLong(),
                counters.path("out_messages").asLong(),
                counters.path("out_bytes").asLong(),
                counters.path("control_messages").asLong(),
                counters.path("control_bytes").asLong());
    }

    private static JsonNode read(byte[] payload) {
        try {
            return JSON.readTree(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
