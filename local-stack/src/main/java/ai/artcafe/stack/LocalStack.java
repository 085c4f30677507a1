package ai.artcafe.stack;

import ai.artcafe.stack.container.ContainerEngine;
import ai.artcafe.stack.process.ProcessEngine;
import ai.artcafe.stack.process.Shutdown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * NATS, Redis and DynamoDB Local on this machine, with keys and tokens. What it starts ends with
 * it, and with this JVM at the latest.
 */
public final class LocalStack implements AutoCloseable {

    private static final class Shared {
        private static final LocalStack STACK = builder().inMemory().with().start();

        static {
            Shutdown.first(STACK::close);
        }
    }

    private final Engine engine;
    private final StackLayout layout;
    private final boolean temporary;
    private final NatsKeys keys;
    private final TokenIssuer tokens;
    private final Map<Backing, BackingService> services =
            new EnumMap<>(Backing.class); // guarded by this

    private LocalStack(Engine engine, StackLayout layout, boolean temporary) {
        this.engine = engine;
        this.layout = layout;
        this.temporary = temporary;
        this.keys = NatsKeys.in(layout.keys());
        this.tokens = TokenIssuer.in(layout.keys(), Clock.systemUTC());
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * The one that this JVM's tests share, with at least these parts; it ends with the JVM. Tests
     * that break parts on purpose start their own: this one's DynamoDB keeps its data in memory.
     */
    public static LocalStack shared(Backing... parts) {
        Shared.STACK.ensure(Arrays.asList(parts));
        return Shared.STACK;
    }

    private synchronized void ensure(Collection<Backing> parts) {
        List<BackingService> missing = new ArrayList<>();
        for (Backing part : EnumSet.allOf(Backing.class)) {
            if (parts.contains(part) && !services.containsKey(part)) {
                BackingService service =
                        switch (engine) {
                            case PROCESSES -> ProcessEngine.create(part, layout, keys);
                            case CONTAINERS -> ContainerEngine.create(part, layout, keys);
                        };
                services.put(part, service);
                missing.add(service);
            }
        }
        // all at once: DynamoDB takes two seconds, the others a tenth of one
        missing.parallelStream().forEach(BackingService::start);
    }

    public Engine engine() {
        return engine;
    }

    public StackLayout layout() {
        return layout;
    }

    /** {@code nats://host:port}. */
    public URI natsUrl() {
        return URI.create("nats://127.0.0.1:" + layout.natsPort());
    }

    /** {@code http://host:port}: /connz, /healthz, … */
    public URI natsMonitoringUrl() {
        return URI.create("http://127.0.0.1:" + layout.monitoringPort());
    }

    /** {@code redis://host:port}. */
    public URI redisUrl() {
        return URI.create("redis://127.0.0.1:" + layout.redisPort());
    }

    /** {@code http://host:port}. */
    public URI dynamoDbUrl() {
        return URI.create("http://127.0.0.1:" + layout.dynamoDbPort());
    }

    public NatsKeys keys() {
        return keys;
    }

    /** The folder of the seeds {@code <name>.nk}, of {@code jwks.json} and of the JWTs' key. */
    public Path keysDirectory() {
        return layout.keys();
    }

    public TokenIssuer tokens() {
        return tokens;
    }

    public BackingService nats() {
        return service(Backing.NATS);
    }

    public BackingService redis() {
        return service(Backing.REDIS);
    }

    public BackingService dynamoDb() {
        return service(Backing.DYNAMODB);
    }

    private synchronized BackingService service(Backing backing) {
        BackingService service = services.get(backing);
        if (service == null) {
            throw new IllegalStateException(backing + " is no part of this stack");
        }
        return service;
    }

    /** What a service of ours needs to know to find all of this, as environment variables. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ARTCAFE_NATS_URL", natsUrl().toString());
        environment.put("ARTCAFE_NATS_KEYS_DIRECTORY", keysDirectory().toString());
        environment.put("ARTCAFE_NATS_SLOTS", Integer.toString(layout.slots()));
        environment.put("ARTCAFE_REDIS_URL", redisUrl().toString());
        environment.put("ARTCAFE_DYNAMODB_ENDPOINT", dynamoDbUrl().toString());
        environment.put("ARTCAFE_DYNAMODB_CREATE_TABLES", "true");
        environment.put(
                "ARTCAFE_JWT_JWKS_LOCATION",
                "file:" + keysDirectory().resolve(TokenIssuer.JWKS_FILE));
        environment.put("ARTCAFE_JWT_ISSUER", TokenIssuer.ISSUER);
        environment.put("ARTCAFE_JWT_AUDIENCE", TokenIssuer.AUDIENCE);
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        return Map.copyOf(environment);
    }

    /** Stops all parts; deletes the folder when it was a temporary one. */
    @Override
    public void close() {
        List<BackingService> running;
        synchronized (this) {
            running = new ArrayList<>(services.values());
        }
        running.parallelStream().forEach(BackingService::stop);
        if (temporary) {
            new FolderTree(layout.directory()).delete();
        }
    }

    /** What the stack should be; all parts, free ports and a temporary folder unless told. */
    public static final class Builder {

        private Optional<Path> directory = Optional.empty();
        private Optional<Integer> portOffset = Optional.empty();
        private Optional<Engine> engine = Optional.empty();
        private Set<Backing> parts = EnumSet.allOf(Backing.class);
        private int slots = 20;
        private boolean inMemory;

        private Builder() {}

        /** Keeps all state there, and leaves it there. */
        public Builder directory(Path directory) {
            this.directory = Optional.of(directory.toAbsolutePath());
            return this;
        }

        /** How many slot accounts NATS has. */
        public Builder slots(int slots) {
            this.slots = slots;
            return this;
        }

        /** Only these parts. */
        public Builder with(Backing... parts) {
            this.parts =
                    parts.length == 0
                            ? EnumSet.noneOf(Backing.class)
                            : EnumSet.copyOf(Arrays.asList(parts));
            return this;
        }

        /** The default ports, moved by so many; free ones unless called. */
        public Builder portOffset(int portOffset) {
            this.portOffset = Optional.of(portOffset);
            return this;
        }

        public Builder engine(Engine engine) {
            this.engine = Optional.of(engine);
            return this;
        }

        /** DynamoDB keeps its data in memory: faster, but gone when it is killed or stopped. */
        public Builder inMemory() {
            this.inMemory = true;
            return this;
        }

        /** Starts all parts and returns when they answer; when one fails, none is left running. */
        public LocalStack start() {
            FreePorts free = new FreePorts();
            StackLayout layout =
                    new StackLayout(
                            directory.orElseGet(Builder::temporaryDirectory),
                            port(Backing.NATS.defaultPort(), free),
                            port(NATS_MONITORING_PORT, free),
                            port(Backing.REDIS.defaultPort(), free),
                            port(Backing.DYNAMODB.defaultPort(), free),
                            slots,
                            inMemory);
            LocalStack stack =
                    new LocalStack(engine.orElseGet(Engine::detect), layout, directory.isEmpty());
            try {
                stack.ensure(parts);
                return stack;
            } catch (RuntimeException e) {
                stack.close();
                throw e;
            }
        }

        private int port(int defaultPort, FreePorts free) {
            return portOffset.map(offset -> defaultPort + offset).orElseGet(free::next);
        }

        private static Path temporaryDirectory() {
            try {
                return Files.createTempDirectory("artcafe-stack-");
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make a temporary folder", e);
            }
        }
    }

    /** Of the NATS server, before any offset. */
    public static final int NATS_MONITORING_PORT = 8222;
}
