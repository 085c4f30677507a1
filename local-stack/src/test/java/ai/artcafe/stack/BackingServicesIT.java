package ai.artcafe.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts can be broken on purpose and come back with their port and their data. */
class BackingServicesIT {

    @TempDir Path directory;
    private LocalStack stack;

    @BeforeEach
    void start() {
        stack = LocalStack.builder().engine(Engine.PROCESSES).directory(directory).slots(3).start();
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void aKilledRedisKeepsWhatItConfirmed() throws Exception {
        RedisWire redis = new RedisWire(stack.redisUrl());
        redis.command("HSET ledger messages 42");
        long before = stack.redis().pid();

        stack.redis().kill();
        assertThat(stack.redis().isRunning()).isFalse();
        stack.redis().start();

        assertThat(stack.redis().pid()).isNotEqualTo(before);
        assertThat(redis.command("HGET ledger messages")).isEqualTo("42");
    }

    @Test
    void aKilledDynamoDbKeepsItsTables() {
        DynamoDbWire dynamoDb = new DynamoDbWire(stack.dynamoDbUrl());
        dynamoDb.createTable("kept");

        stack.dynamoDb().kill();
        stack.dynamoDb().start();

        assertThat(dynamoDb.tables()).contains("kept");
    }

    @Test
    void aStoppedNatsAnswersOnTheSamePortWhenItIsStartedAgain() {
        int port = stack.nats().port();

        stack.nats().stop();
        assertThat(FreePorts.isFree(port)).isTrue();
        stack.nats().start();

        assertThat(stack.nats().isRunning()).isTrue();
        assertThat(stack.natsUrl()).hasPort(port);
        assertThat(FreePorts.isFree(port)).isFalse();
    }

    @Test
    void closingTheStackLeavesNoProcess() {
        List<Long> pids = List.of(stack.nats().pid(), stack.redis().pid(), stack.dynamoDb().pid());

        stack.close();

        assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void aPartThatCannotStartSaysWhyAndLeavesNothingRunning() {
        int offset = stack.nats().port() - Backing.NATS.defaultPort();
        LocalStack.Builder second =
                LocalStack.builder().engine(Engine.PROCESSES).with(Backing.NATS).portOffset(offset);

        assertThatThrownBy(second::start)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("nats")
                .hasMessageContaining("address already in use");
    }

    @Test
    void theEnvironmentOfAServiceNamesEveryPart() {
        Map<String, String> environment = stack.environment();

        assertThat(environment)
                .containsEntry("ARTCAFE_NATS_URL", stack.natsUrl().toString())
                .containsEntry("ARTCAFE_NATS_SLOTS", "3")
                .containsEntry("ARTCAFE_REDIS_URL", stack.redisUrl().toString())
                .containsEntry("ARTCAFE_DYNAMODB_ENDPOINT", stack.dynamoDbUrl().toString())
                .containsEntry(
                        "ARTCAFE_JWT_JWKS_LOCATION", "file:" + directory.resolve("keys/jwks.json"));
    }
}
