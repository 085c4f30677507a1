package ai.artcafe.stack.process;

import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.broker.NatsServerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three NATS servers of one cluster on loopback, with a local stack's keys; none runs at first. */
public final class NatsCluster implements AutoCloseable {

    public static final int SERVERS = 3;

    private static final String LOOPBACK = "127.0.0.1";

    private final List<BackingService> servers = new ArrayList<>();
    private final int slots;

    /**
     * @param directory holds their configuration and logs
     */
    public NatsCluster(LocalStack stack, Path directory) throws IOException {
        this.slots = stack.layout().slots();
        FreePorts free = new FreePorts();
        List<Integer> routes = IntStream.range(0, SERVERS).mapToObj(_ -> free.next()).toList();
        for (int number = 0; number < routes.size(); number++) {
            servers.add(server(stack, directory, number, routes, free));
        }
    }

    private BackingService server(
            LocalStack stack, Path directory, int number, List<Integer> routes, FreePorts free)
            throws IOException {
        int port = free.next();
        int monitoring = free.next();
        String base =
                new NatsServerConfig(
                                LOOPBACK + ":" + port,
                                LOOPBACK + ":" + monitoring,
                                slots,
                                stack.keys())
                        .text();
        String cluster =
                """
                cluster {
                  name: test
                  listen: %s:%d
                  routes: [%s]
                  no_advertise: true
                }
                """
                        .formatted(
                                LOOPBACK,
                                routes.get(number),
                                routes.stream()
                                        .map(route -> "nats://" + LOOPBACK + ":" + route)
                                        .collect(Collectors.joining(", ")));
        Path home = Files.createDirectories(directory.resolve("nats-" + number));
        Path config = Files.writeString(home.resolve("nats-server.conf"), base + cluster);
        return new ProcessService(
                new ProcessService.Launch(
                        "nats-" + number,
                        port,
                        List.of(
                                NatsServerBinary.locate().toString(),
                                "--config",
                                config.toString()),
                        Map.of(),
                        home,
                        home.resolve("log"),
                        home.resolve("pid"),
                        Probe.httpOk(
                                URI.create("http://" + LOOPBACK + ":" + monitoring + "/healthz")),
                        Duration.ofSeconds(20)));
    }

    /** One of them, from 0. */
    public BackingService server(int number) {
        return servers.get(number);
    }

    /** Where clients find one of them. */
    public URI url(int number) {
        return URI.create("nats://" + LOOPBACK + ":" + servers.get(number).port());
    }

    @Override
    public void close() {
        servers.forEach(BackingService::kill);
    }
}
