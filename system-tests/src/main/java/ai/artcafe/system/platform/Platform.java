package ai.artcafe.system.platform;

import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.process.Probe;
import ai.artcafe.stack.process.ProcessService;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** NATS, Redis and DynamoDB Local with our services as built; ends all of them when closed. */
public final class Platform implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final LocalStack stack;
    private final Map<Service, ProcessService> services = new EnumMap<>(Service.class);

    private Platform(LocalStack stack) {
        this.stack = stack;
    }

    /**
     * Starts these services on free ports, and returns when all are ready.
     *
     * @param directory holds state and logs, and keeps them
     * @throws IllegalStateException when a service has not been built
     */
    public static Platform start(Path directory, Service... services) {
        Platform platform = new Platform(LocalStack.builder().directory(directory).start());
        FreePorts ports = new FreePorts();
        try {
            for (Service service : services) {
                platform.services.put(service, platform.process(service, ports.next()));
            }
            // in order: the gateway makes the tables
            platform.services.values().forEach(BackingService::start);
            return platform;
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    public LocalStack stack() {
        return stack;
    }

    /** The service's process, to break or to start again. */
    public BackingService service(Service service) {
        return process(service);
    }

    /** {@code http://host:port} of a service. */
    public URI url(Service service) {
        return URI.create("http://127.0.0.1:" + process(service).port());
    }

    private ProcessService process(Service service) {
        ProcessService process = services.get(service);
        if (process == null) {
            throw new IllegalStateException(service + " is no part of this platform");
        }
        return process;
    }

    private ProcessService process(Service service, int port) {
        Path jar =
                checkout().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        if (Files.notExists(jar)) {
            throw new IllegalStateException(
                    service.module() + " has not been built: " + jar + " is missing");
        }
        Path directory = stack.layout().directory();
        Map<String, String> environment = new HashMap<>(stack.environment());
        environment.put("ARTCAFE_HTTP_PORT", Integer.toString(port));
        return new ProcessService(
                new ProcessService.Launch(
                        service.module(),
                        port,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "-jar",
                                jar.toString()),
                        environment,
                        directory,
                        directory.resolve("logs").resolve(service.module() + ".log"),
                        directory.resolve("run").resolve(service.module() + ".pid"),
                        Probe.httpOk(URI.create("http://127.0.0.1:" + port + "/q/health/ready")),
                        WITHIN));
    }

    private static Path checkout() {
        return Path.of(System.getProperty("artcafe.checkout", ".")).toAbsolutePath();
    }

    @Override
    public void close() {
        services.values().forEach(BackingService::stop);
        stack.close();
    }
}
