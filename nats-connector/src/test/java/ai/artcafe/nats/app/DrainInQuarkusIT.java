package ai.artcafe.nats.app;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.Seed;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@QuarkusMainTest
@TestProfile(DrainInQuarkusIT.SlowOnly.class)
class DrainInQuarkusIT {

    @Test
    void anApplicationThatStopsAcknowledgesWhatItWorksOn(QuarkusMainLauncher launcher)
            throws Exception {
        LocalStack stack = LocalStack.shared(Backing.NATS);
        String seed = Files.readString(stack.keysDirectory().resolve("gateway.nk"));
        NatsOptions options =
                NatsOptions.named("sender").urls(stack.natsUrl().toString()).seed(Seed.parse(seed));
        Connection gateway =
                Nats.connect(options.toBuilder().connectionTimeout(Duration.ofSeconds(30)).build());
        try {
            CompletableFuture<String> answer =
                    CompletableFuture.supplyAsync(
                            () -> askUntilSomebodyListens(gateway), Thread::startVirtualThread);

            LaunchResult result = launcher.launch();

            assertThat(result.exitCode()).isZero();
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("+ACK");
        } finally {
            gateway.close();
        }
    }

    private static String askUntilSomebodyListens(Connection gateway) {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (System.nanoTime() < end) {
            try {
                Message reply =
                        gateway.request(
                                "artcafe.readings.gateway", new byte[1], Duration.ofSeconds(60));
                if (reply != null) {
                    return new String(reply.getData(), StandardCharsets.UTF_8);
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            } catch (InterruptedException e) {
                return "interrupted";
            }
        }
        return "nobody listened";
    }

    public static class SlowOnly implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            LocalStack stack = LocalStack.shared(Backing.NATS);
            return Map.of(
                    "artcafe.nats.url", stack.natsUrl().toString(),
                    "artcafe.nats.keys-directory", stack.keysDirectory().toString(),
                    "quarkus.http.host-enabled", "false",
                    "mp.messaging.incoming.slow.enabled", "true",
                    "mp.messaging.incoming.readings.enabled", "false",
                    "mp.messaging.incoming.watched.enabled", "false");
        }
    }
}
