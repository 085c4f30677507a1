package ai.artcafe.system.platform;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.process.NatsCluster;
import ai.artcafe.stack.process.Probe;
import ai.artcafe.stack.process.ProcessService;
import ai.artcafe.system.fault.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** NATS, Redis and DynamoDB Local with our services as built; ends all of them when closed. */
public final class Platform implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(120);

    private final LocalStack stack;
    private final Map<Link, List<TcpProxy>> proxies = new EnumMap<>(Link.class);
    private final Map<Service, List<ProcessService>> services = new EnumMap<>(Service.class);
    private final FreePorts ports = new FreePorts();
    private Optional<NatsCluster> cluster = Optional.empty();

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
        Builder builder = builder(directory);
        for (Service service : services) {
            builder.with(service);
        }
        return builder.start();
    }

    /**
     * @param directory holds state and logs, and keeps them
     */
    public static Builder builder(Path directory) {
        return new Builder(directory);
    }

    public LocalStack stack() {
        return stack;
    }

    /**
     * Where clients find one of the NATS servers.
     *
     * @param number from 0; other servers than the first are in a cluster only
     */
    public URI natsUrl(int number) {
        return cluster.map(servers -> servers.url(number)).orElseGet(stack::natsUrl);
    }

    /** The service's first process, to break or to start again. */
    public BackingService service(Service service) {
        return process(service, 1);
    }

    /**
     * One of several processes of a service, to break or to start again.
     *
     * @param number from 1
     */
    public BackingService service(Service service, int number) {
        return process(service, number);
    }

    /** {@code http://host:port} of a service. */
    public URI url(Service service) {
        return url(service, 1);
    }

    /**
     * {@code http://host:port} of one of several processes of a service.
     *
     * @param number from 1
     */
    public URI url(Service service, int number) {
        return URI.create("http://127.0.0.1:" + process(service, number).port());
    }

    /** The network between the service's first process and the other, to cut and to restore. */
    public TcpProxy link(Link link) {
        return link(link, 1);
    }

    /**
     * The same for one of several processes of a service.
     *
     * @param number from 1
     */
    public TcpProxy link(Link link, int number) {
        List<TcpProxy> processes = proxies.getOrDefault(link, List.of());
        if (processes.size() < number) {
            throw new IllegalStateException(
                    link + " of number " + number + " does not run through a proxy here");
        }
        return processes.get(number - 1);
    }

    private ProcessService process(Service service, int number) {
        List<ProcessService> processes = services.getOrDefault(service, List.of());
        if (processes.size() < number) {
            throw new IllegalStateException(
                    service + " number " + number + " is no part of this platform");
        }
        return processes.get(number - 1);
    }

    /** Opens what the next process of the service goes through. */
    private Map<Link, TcpProxy> openProxies(Service service) {
        Map<Link, TcpProxy> opened = new EnumMap<>(Link.class);
        for (Link link : Link.values()) {
            if (link.service() == service) {
                TcpProxy proxy = TcpProxy.open(backing(link.backing()).port());
                proxies.computeIfAbsent(link, _ -> new ArrayList<>()).add(proxy);
                opened.put(link, proxy);
            }
        }
        return opened;
    }

    private void startCluster() {
        try {
            NatsCluster servers = new NatsCluster(stack, stack.layout().directory());
            cluster = Optional.of(servers);
            for (int number = 0; number < NatsCluster.SERVERS; number++) {
                servers.server(number).start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the NATS servers cannot be configured", e);
        }
    }

    private BackingService backing(Backing backing) {
        return switch (backing) {
            case NATS -> stack.nats();
            case REDIS -> stack.redis();
            case DYNAMODB -> stack.dynamoDb();
        };
    }

    private ProcessService add(
            Service service, Map<String, String> settings, boolean throughProxies) {
        Map<Link, TcpProxy> links = throughProxies ? openProxies(service) : Map.of();
        List<ProcessService> processes = services.computeIfAbsent(service, _ -> new ArrayList<>());
        String name =
                processes.isEmpty()
                        ? service.module()
                        : service.module() + "-" + (processes.size() + 1);
        ProcessService process = process(service, name, settings, links);
        processes.add(process);
        return process;
    }

    private ProcessService process(
            Service service, String name, Map<String, String> settings, Map<Link, TcpProxy> links) {
        Path jar =
                checkout().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
        if (Files.notExists(jar)) {
            throw new IllegalStateException(
                    service.module() + " has not been built: " + jar + " is missing");
        }
        int port = ports.next();
        Path directory = stack.layout().directory();
        return new ProcessService(
                new ProcessService.Launch(
                        name,
                        port,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "-jar",
                                jar.toString()),
                        environment(port, settings, links),
                        directory,
                        directory.resolve("logs").resolve(name + ".log"),
                        directory.resolve("run").resolve(name + ".pid"),
                        Probe.httpOk(URI.create("http://127.0.0.1:" + port + "/q/health/ready")),
                        WITHIN));
    }

    private Map<String, String> environment(
            int port, Map<String, String> settings, Map<Link, TcpProxy> links) {
        Map<String, String> environment = new HashMap<>(stack.environment());
        environment.put("ARTCAFE_HTTP_PORT", Integer.toString(port));
        // tests and benchmarks ask more often than people do
        environment.put("ARTCAFE_METRICS_RATE_LIMIT_ENABLED", "false");
        environment.put("ARTCAFE_NATS_URL", natsUrl(0).toString());
        environment.putAll(settings);
        links.forEach((link, proxy) ->
                environment.computeIfPresent(
                        link.variable(), (_, url) -> throughPort(url, proxy.port())));
        return environment;
    }

    private static String throughPort(String url, int port) {
        URI direct = URI.create(url);
        return direct.getScheme() + "://" + direct.getHost() + ":" + port;
    }

    private static Path checkout() {
        return Path.of(System.getProperty("artcafe.checkout", ".")).toAbsolutePath();
    }

    @Override
    public void close() {
        // a link that is still cut would keep a service from stopping in order
        proxies.values().forEach(links -> links.forEach(TcpProxy::restore));
        services.values().forEach(processes -> processes.forEach(BackingService::stop));
        proxies.values().forEach(links -> links.forEach(TcpProxy::close));
        cluster.ifPresent(NatsCluster::close);
        stack.close();
    }

    /** What the platform should be. */
    public static final class Builder {

        private record Process(Service service, boolean started) {}

        private final Path directory;
        private final List<Process> processes = new ArrayList<>();
        private final Map<String, String> settings = new HashMap<>();
        private int slots = 20;
        private boolean throughProxies;
        private boolean inMemory;
        private boolean clustered;

        private Builder(Path directory) {
            this.directory = directory;
        }

        /** A process of the service; the second one of the same service is its number 2. */
        public Builder with(Service service) {
            processes.add(new Process(service, true));
            return this;
        }

        /** A process of the service that is not started yet. */
        public Builder withIdle(Service service) {
            processes.add(new Process(service, false));
            return this;
        }

        /** Every link between a process of ours and the backing services can be cut. */
        public Builder throughProxies() {
            this.throughProxies = true;
            return this;
        }

        /**
         * DynamoDB keeps nothing in files: what is not to be found again is written much faster.
         */
        public Builder inMemory() {
            this.inMemory = true;
            return this;
        }

        /**
         * Three NATS servers in a cluster, of which our services know the first. It is not for
         * links through proxies.
         */
        public Builder clustered() {
            this.clustered = true;
            return this;
        }

        /** How many tenants there may be. */
        public Builder slots(int slots) {
            this.slots = slots;
            return this;
        }

        /** An environment variable of all our services. */
        public Builder set(String variable, String value) {
            settings.put(variable, value);
            return this;
        }

        /** The same for several of them. */
        public Builder set(Map<String, String> variables) {
            settings.putAll(variables);
            return this;
        }

        /**
         * Starts everything on free ports, and returns when all is ready.
         *
         * @throws IllegalStateException when a service has not been built
         */
        public Platform start() {
            LocalStack.Builder stack = LocalStack.builder().directory(directory).slots(slots);
            Platform platform = new Platform((inMemory ? stack.inMemory() : stack).start());
            try {
                if (clustered) {
                    platform.startCluster();
                }
                // in order: the gateway makes the tables
                for (Process process : processes) {
                    ProcessService added =
                            platform.add(process.service(), settings, throughProxies);
                    if (process.started()) {
                        added.start();
                    }
                }
                return platform;
            } catch (RuntimeException e) {
                platform.close();
                throw e;
            }
        }
    }
}
