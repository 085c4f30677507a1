package ai.artcafe.stack.process;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.Checkout;
import ai.artcafe.stack.NatsKeys;
import ai.artcafe.stack.StackLayout;
import ai.artcafe.stack.broker.NatsServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The parts as child processes, on loopback. */
public final class ProcessEngine {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private ProcessEngine() {}

    /** The part as it would run; it is not started. */
    public static BackingService create(Backing backing, StackLayout layout, NatsKeys keys) {
        return switch (backing) {
            case NATS -> nats(layout, keys);
            case REDIS -> redis(layout);
            case DYNAMODB -> dynamoDb(layout);
        };
    }

    private static BackingService nats(StackLayout layout, NatsKeys keys) {
        Path file = layout.natsConfiguration();
        write(
                file,
                new NatsServerConfig(
                                LOOPBACK + ":" + layout.natsPort(),
                                LOOPBACK + ":" + layout.monitoringPort(),
                                layout.slots(),
                                keys)
                        .text());
        return service(
                Backing.NATS,
                layout,
                List.of(NatsServerBinary.locate().toString(), "--config", file.toString()),
                Probe.httpOk(
                        URI.create("http://127.0.0.1:" + layout.monitoringPort() + "/healthz")));
    }

    private static BackingService redis(StackLayout layout) {
        Path file = layout.pidFile("redis").resolveSibling("redis.conf");
        try (InputStream config =
                ProcessEngine.class.getResourceAsStream("/ai/artcafe/stack/config/redis.conf")) {
            if (config == null) {
                throw new IllegalStateException("redis.conf is missing from local-stack");
            }
            Files.createDirectories(file.getParent());
            Files.copy(config, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        Path tools =
                Checkout.find().map(Checkout::tools).orElse(layout.directory()).resolve("redis");
        return service(
                Backing.REDIS,
                layout,
                List.of(
                        RedisServerBinary.locate(tools).toString(),
                        file.toString(),
                        "--bind",
                        LOOPBACK,
                        "--port",
                        Integer.toString(layout.redisPort()),
                        "--dir",
                        layout.data(Backing.REDIS).toString()),
                Probe.redisPing(layout.redisPort()));
    }

    private static BackingService dynamoDb(StackLayout layout) {
        int port = layout.dynamoDbPort();
        return service(
                Backing.DYNAMODB,
                layout,
                layout.inMemory()
                        ? DynamoDbLocal.inMemory(port)
                        : DynamoDbLocal.inFolder(port, layout.data(Backing.DYNAMODB)),
                Probe.http(URI.create("http://127.0.0.1:" + port + "/")));
    }

    private static BackingService service(
            Backing backing, StackLayout layout, List<String> command, Probe ready) {
        return new ProcessService(
                new ProcessService.Launch(
                        backing.id(),
                        layout.port(backing),
                        command,
                        Map.of(),
                        layout.data(backing),
                        layout.log(backing.id()),
                        layout.pidFile(backing.id()),
                        ready,
                        WITHIN));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
