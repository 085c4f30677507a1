package ai.artcafe.stack.container;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.NatsKeys;
import ai.artcafe.stack.StackLayout;
import ai.artcafe.stack.broker.NatsServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** The parts in containers, on fixed ports of loopback so that they keep them over a restart. */
public final class ContainerEngine {

    private static final List<Path> SOCKETS =
            List.of(Path.of("/var/run/docker.sock"), Path.of("/run/podman/podman.sock"));
    private static final Duration WITHIN = Duration.ofSeconds(120);

    private static final int NATS_MONITORING = 8222;

    private ContainerEngine() {}

    /** Whether an engine is there; without a socket or {@code DOCKER_HOST} nobody is asked. */
    public static boolean answers() {
        boolean named =
                !Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("").isBlank()
                        || SOCKETS.stream().anyMatch(Files::exists);
        return named && DockerClientFactory.instance().isDockerAvailable();
    }

    /** The part as it would run; it is not started. */
    public static BackingService create(Backing backing, StackLayout layout, NatsKeys keys) {
        return switch (backing) {
            case NATS -> nats(layout, keys);
            case REDIS -> redis(layout);
            case DYNAMODB -> dynamoDb(layout);
        };
    }

    private static BackingService nats(StackLayout layout, NatsKeys keys) {
        String config =
                new NatsServerConfig(
                                "0.0.0.0:" + Backing.NATS.defaultPort(),
                                "0.0.0.0:" + NATS_MONITORING,
                                layout.slots(),
                                keys)
                        .text();
        FixedPortContainer container =
                new FixedPortContainer(image(Backing.NATS, "nats:2.12-alpine"))
                        .fixedPort(layout.natsPort(), Backing.NATS.defaultPort())
                        .fixedPort(layout.monitoringPort(), NATS_MONITORING);
        container
                .withCopyToContainer(Transferable.of(config), "/etc/nats/nats-server.conf")
                .withCommand("--config", "/etc/nats/nats-server.conf")
                .waitingFor(
                        Wait.forHttp("/healthz")
                                .forPort(NATS_MONITORING)
                                .withStartupTimeout(WITHIN));
        return new ContainerService(Backing.NATS.id(), layout.natsPort(), container);
    }

    private static BackingService redis(StackLayout layout) {
        FixedPortContainer container =
                new FixedPortContainer(image(Backing.REDIS, "redis:7-alpine"))
                        .fixedPort(layout.redisPort(), Backing.REDIS.defaultPort());
        container
                .withCopyFileToContainer(
                        MountableFile.forClasspathResource("ai/artcafe/stack/config/redis.conf"),
                        "/etc/redis/redis.conf")
                .withCommand("redis-server", "/etc/redis/redis.conf", "--protected-mode", "no")
                .waitingFor(Wait.forListeningPort().withStartupTimeout(WITHIN));
        return new ContainerService(Backing.REDIS.id(), layout.redisPort(), container);
    }

    private static BackingService dynamoDb(StackLayout layout) {
        FixedPortContainer container =
                new FixedPortContainer(image(Backing.DYNAMODB, "amazon/dynamodb-local:3.3.0"))
                        .fixedPort(layout.dynamoDbPort(), Backing.DYNAMODB.defaultPort());
        if (layout.inMemory()) {
            container.withCommand("-jar", "DynamoDBLocal.jar", "-inMemory");
        } else {
            container.withCommand("-jar", "DynamoDBLocal.jar", "-sharedDb", "-dbPath", "/tmp");
        }
        container.waitingFor(Wait.forHttp("/").forStatusCode(400).withStartupTimeout(WITHIN));
        return new ContainerService(Backing.DYNAMODB.id(), layout.dynamoDbPort(), container);
    }

    private static DockerImageName image(Backing backing, String name) {
        return DockerImageName.parse(
                Optional.ofNullable(System.getenv("ARTCAFE_IMAGE_" + backing.name()))
                        .filter(given -> !given.isBlank())
                        .orElse(name));
    }

    /** A container whose ports are chosen here, not by the engine. */
    static final class FixedPortContainer extends GenericContainer<FixedPortContainer> {

        FixedPortContainer(DockerImageName image) {
            super(image);
        }

        FixedPortContainer fixedPort(int host, int container) {
            addFixedExposedPort(host, container);
            addExposedPort(container);
            return this;
        }

        /** Waits until it answers after it was started again. */
        void awaitAnswer() {
            getWaitStrategy().waitUntilReady(this);
        }
    }
}
