package ai.artcafe.system.bench;

import ai.artcafe.stack.FreePorts;
import ai.artcafe.system.bench.Comparison.Plan;
import ai.artcafe.system.bench.Comparison.Result;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import io.nats.client.Connection;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./artcafe bench}: what we cost, next to the least that the same work can cost here. */
@Command(
        name = "artcafe bench",
        mixinStandardHelpOptions = true,
        description = "Measures us in turns with the limit, in one run, and prints ratios.")
public final class Bench implements Callable<Integer> {

    /** What can be measured. */
    enum Subject {
        TAP,
        GATEWAY,
        SOCKETS,
        LEDGER,
        API
    }

    private static final int SOCKETS = 50;

    /** All clients are one address here. */
    private static final Map<String, String> UNLIMITED_KNOCKS =
            Map.of(
                    "ARTCAFE_GATEWAY_AUTH_LIMITS_ADDRESS_PER_MINUTE", "100000000",
                    "ARTCAFE_GATEWAY_AUTH_LIMITS_ADDRESS_BURST", "100000000",
                    "ARTCAFE_GATEWAY_AUTH_LIMITS_AGENT_PER_MINUTE", "100000000",
                    "ARTCAFE_GATEWAY_AUTH_LIMITS_AGENT_BURST", "100000000");

    /** How many turns it takes until the compilers have nothing left to do. */
    private static final int API_WARM_UP = 6;

    @Parameters(
            arity = "0..*",
            description = "What to measure: ${COMPLETION-CANDIDATES}; all unless told.")
    private List<Subject> subjects = List.of();

    @Option(names = "--rounds", defaultValue = "5", description = "Turns of each contender.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "5", description = "Length of a turn.")
    private int seconds;

    @Option(
            names = "--connections",
            defaultValue = "10000",
            description = "Open connections under the ledger, and idle sockets.")
    private int connections;

    @Option(
            names = "--only",
            description = "Compare only where the title contains this: \"16 B\", \"headers\".")
    private String only = "";

    @Option(names = "--json", description = "Also write the results to this file.")
    private Path json = Path.of("");

    public static void main(String[] args) {
        System.exit(
                new CommandLine(new Bench())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Result> results = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Subject subject : subjects.isEmpty() ? List.of(Subject.values()) : subjects) {
            switch (subject) {
                case TAP -> tap(results);
                case GATEWAY -> gateway(results);
                case SOCKETS -> sockets(figures);
                case LEDGER -> ledger(figures);
                case API -> {
                    api(results, figures);
                    analytics(figures);
                }
            }
        }
        System.out.println();
        System.out.print(Report.table(results));
        System.out.print(Report.figures(figures));
        if (!json.toString().isEmpty()) {
            Report.writeJson(results, figures, json);
            System.out.println("also in " + json);
        }
        return CommandLine.ExitCode.OK;
    }

    /** An empty dispatcher, and the tracker's tap with all that it does with what it sees. */
    private void tap(List<Result> results) throws Exception {
        try (Platform platform =
                Platform.start(Files.createTempDirectory("artcafe-bench-"), Service.GATEWAY)) {
            Agents agents = new Agents(platform);
            Options options = agentOptions(platform, agents.nats("bench-publisher"));
            try (Connection publisher = Nats.connect(options)) {
                for (int subjectCount : new int[] {100, 10_000}) {
                    for (int bytes : new int[] {16, 256, 1024}) {
                        results.addAll(
                                run(
                                        new Comparison(
                                                "tap, %d B, %,d subjects"
                                                        .formatted(bytes, subjectCount),
                                                taps(
                                                        platform,
                                                        agents,
                                                        publisher,
                                                        bytes,
                                                        subjectCount,
                                                        false))));
                    }
                }
                results.addAll(
                        run(
                                new Comparison(
                                        "tap, 256 B, 100 subjects, gateway's headers",
                                        taps(platform, agents, publisher, 256, 100, true))));
            }
        }
    }

    private static List<Contender> taps(
            Platform platform,
            Agents agents,
            Connection publisher,
            int bytes,
            int subjectCount,
            boolean hasHeaders) {
        List<Contender> contenders = new ArrayList<>();
        for (TapReceiver.Kind kind : TapReceiver.Kind.values()) {
            contenders.add(
                    new TapContender(
                            kind,
                            List.of(
                                    platform.stack().natsUrl().toString(),
                                    platform.stack().keysDirectory().toString(),
                                    platform.stack().environment().get("ARTCAFE_NATS_SLOTS"),
                                    platform.stack().redisUrl().toString(),
                                    agents.slot().toString(),
                                    agents.tenant().toString()),
                            publisher,
                            "tenant." + agents.tenant(),
                            bytes,
                            subjectCount,
                            hasHeaders));
        }
        return contenders;
    }

    /** Raw Vert.x that echoes, raw Vert.x that publishes to NATS, and the gateway. */
    private void gateway(List<Result> results) throws Exception {
        try (Platform platform =
                Platform.start(
                        Files.createTempDirectory("artcafe-bench-"),
                        Service.GATEWAY,
                        Service.TRACKER)) {
            Agents agents = new Agents(platform);
            FreePorts ports = new FreePorts();
            ServerCounters nats =
                    new ServerCounters(platform.stack().natsMonitoringUrl(), agents.slot());
            String frame = publishFrame();

            int echoPort = ports.next();
            ChildJvm echo =
                    ChildJvm.start(EchoServer.class, List.of(Integer.toString(echoPort)))
                            .awaitPort(echoPort);
            SocketLoad echoLoad = SocketLoad.connect(sameAddress(echoPort), frame);

            int bridgePort = ports.next();
            ChildJvm bridge =
                    ChildJvm.start(
                                    BridgeServer.class,
                                    List.of(
                                            Integer.toString(bridgePort),
                                            platform.stack().natsUrl().toString(),
                                            seedFile(agents.nats("bench-bridge")).toString(),
                                            "tenant." + agents.tenant() + ".bench"))
                            .awaitPort(bridgePort);
            SocketLoad bridgeLoad = SocketLoad.connect(sameAddress(bridgePort), frame);

            List<URI> sockets = new ArrayList<>();
            for (int i = 0; i < SOCKETS; i++) {
                sockets.add(agents.socket("bench-socket-" + i));
            }
            SocketLoad gatewayLoad = SocketLoad.connect(sockets, frame);
            ProcessHandle gateway =
                    ProcessHandle.of(platform.service(Service.GATEWAY).pid()).orElseThrow();

            try (Contender first =
                            new SocketContender(
                                    "raw Vert.x → NATS",
                                    bridgeLoad,
                                    bridge.handle(),
                                    nats::messagesIn,
                                    bridge);
                    Contender second =
                            new SocketContender(
                                    "raw Vert.x echo",
                                    echoLoad,
                                    echo.handle(),
                                    echoLoad::echoed,
                                    echo);
                    Contender third =
                            new SocketContender(
                                    "gateway-service",
                                    gatewayLoad,
                                    gateway,
                                    nats::messagesIn,
                                    () -> {})) {
                results.addAll(
                        run(
                                new Comparison(
                                        "gateway, %d sockets, %d B"
                                                .formatted(SOCKETS, frame.length()),
                                        List.of(first, second, third))));
            }
        }
    }

    /** What sockets cost that are open, and how far one message goes. */
    private void sockets(List<Figure> figures) throws Exception {
        try (Platform platform =
                Platform.builder(Files.createTempDirectory("artcafe-bench-"))
                        .set(UNLIMITED_KNOCKS)
                        .set("JAVA_TOOL_OPTIONS", "-Xms1g -Xmx1g -XX:+AlwaysPreTouch")
                        .with(Service.GATEWAY)
                        .with(Service.TRACKER)
                        .start()) {
            figures.addAll(
                    new SocketsBench(
                                    platform,
                                    connections,
                                    rounds,
                                    Duration.ofSeconds(seconds),
                                    System.out::println)
                            .run());
        }
    }

    /** What counting costs, and how late it is. */
    private void ledger(List<Figure> figures) throws Exception {
        try (Platform platform =
                Platform.builder(Files.createTempDirectory("artcafe-bench-"))
                        .slots(LedgerBench.tenants(connections) + 1)
                        .set("ARTCAFE_METRICS_RATE_LIMIT_ENABLED", "false")
                        .set(UNLIMITED_KNOCKS)
                        .with(Service.GATEWAY)
                        .with(Service.METRICS)
                        .withIdle(Service.TRACKER)
                        .start()) {
            figures.addAll(
                    new LedgerBench(
                                    platform,
                                    connections,
                                    rounds,
                                    Duration.ofSeconds(seconds),
                                    System.out::println)
                            .run());
        }
    }

    /** What the answers cost that dashboards ask for all the time. */
    private void api(List<Result> results, List<Figure> figures) throws Exception {
        try (Platform platform =
                Platform.builder(Files.createTempDirectory("artcafe-bench-"))
                        .slots(ApiBench.TENANTS + 1)
                        .set("ARTCAFE_METRICS_RATE_LIMIT_USER_PER_MINUTE", "1000000000")
                        .set("ARTCAFE_METRICS_RATE_LIMIT_USER_BURST", "1000000000")
                        .set("ARTCAFE_METRICS_RATE_LIMIT_TENANT_PER_MINUTE", "1000000000")
                        .set("ARTCAFE_METRICS_RATE_LIMIT_TENANT_BURST", "1000000000")
                        .with(Service.GATEWAY)
                        .with(Service.TRACKER)
                        .with(Service.METRICS)
                        .start()) {
            Duration turn = Duration.ofSeconds(seconds);
            new ApiBench(
                            platform,
                            new Plan(turn.multipliedBy(API_WARM_UP), turn, rounds),
                            System.out::println)
                    .run(results, figures);
        }
    }

    /** How long a look back takes. */
    private void analytics(List<Figure> figures) throws Exception {
        try (Platform platform =
                Platform.builder(Files.createTempDirectory("artcafe-bench-"))
                        .inMemory()
                        .with(Service.METRICS)
                        .start()) {
            figures.addAll(
                    new AnalyticsBench(
                                    platform,
                                    Duration.ofSeconds((long) seconds * rounds),
                                    System.out::println)
                            .run());
        }
    }

    private List<Result> run(Comparison comparison) throws Exception {
        if (!comparison.title().contains(only)) {
            return List.of();
        }
        return comparison.run(
                new Plan(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds), rounds),
                System.out::println);
    }

    /** A publish frame of 110 bytes. */
    private static String publishFrame() {
        String start = "{\"type\":\"publish\",\"subject\":\"bench\",\"data\":\"";
        return start + "x".repeat(110 - start.length() - 2) + "\"}";
    }

    private static List<URI> sameAddress(int port) {
        return Collections.nCopies(SOCKETS, URI.create("ws://127.0.0.1:" + port + "/"));
    }

    private static Path seedFile(NKey key) throws Exception {
        Path file = Files.createTempFile("artcafe-bench-", ".nk");
        file.toFile().deleteOnExit();
        return Files.writeString(file, new String(key.getSeed()));
    }

    private static Options agentOptions(Platform platform, NKey key) throws Exception {
        return Options.builder()
                .server(platform.stack().natsUrl().toString())
                .authHandler(Nats.staticCredentials(null, key.getSeed()))
                .maxMessagesInOutgoingQueue(2_000_000)
                .build();
    }
}
