package ai.artcafe.system.bench;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.TokenRequest;
import ai.artcafe.system.bench.Comparison.Plan;
import ai.artcafe.system.bench.Comparison.Result;
import ai.artcafe.system.load.Crowd;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What the realtime answer costs next to an endpoint that does nothing but one read of Redis and
 * hands out an answer of the same length. The bare one runs on the event loop, asks for no token,
 * writes no JSON and measures nothing; a second one asks for a token, to tell what that costs.
 */
final class ApiBench {

    /** How many tenants a service is to tell apart. */
    static final int TENANTS = 100;

    private static final String REALTIME = "/api/v1/metrics/realtime";
    private static final int CONNECTIONS = 32;
    private static final int STREAMS = 1_000;
    private static final Duration STREAM_PATIENCE = Duration.ofSeconds(60);
    private static final double P99 = 0.99;

    /** Of the bare endpoint's. */
    private static final double GOAL_P99 = 2;

    /** Taps are believed once they have listened for a minute. */
    private static final Duration TAP_PATIENCE = Duration.ofSeconds(150);

    private final Platform platform;
    private final Plan plan;
    private final Consumer<String> progress;

    ApiBench(Platform platform, Plan plan, Consumer<String> progress) {
        this.platform = platform;
        this.plan = plan;
        this.progress = progress;
    }

    void run(List<Result> results, List<Figure> figures) throws Exception {
        try (Crowd crowd = Crowd.register(platform, TENANTS)) {
            crowd.open(TENANTS);
            AtomicBoolean isOver = new AtomicBoolean();
            Thread talk =
                    Thread.ofVirtual()
                            .start(() -> {
                                while (!isOver.get()) {
                                    crowd.talk(TENANTS, 1, Duration.ofSeconds(1));
                                }
                            });
            try {
                progress.accept("api: waiting for the taps to have listened for a minute");
                Waiting.until(
                        TAP_PATIENCE,
                        "rates of the tap",
                        () -> answer(crowd.tenants().getFirst()).contains("\"source\":\"tap\""));
                realtime(crowd.tenants(), results, figures);
                streams(crowd.tenants(), figures);
            } finally {
                isOver.set(true);
                talk.join();
            }
        }
    }

    private void realtime(List<TenantId> tenants, List<Result> results, List<Figure> figures)
            throws Exception {
        String answer = answer(tenants.getFirst());
        new RedisText(platform.stack().redisUrl()).set("bench:answer", answer);
        int port = new FreePorts().next();
        URI bareServer = URI.create("http://127.0.0.1:" + port);
        Map<String, String> environment = new HashMap<>(platform.stack().environment());
        environment.put("ARTCAFE_HTTP_PORT", Integer.toString(port));
        try (ChildJvm bare = ChildJvm.startJar(baseline(), environment).awaitPort(port)) {
            URI ours = platform.url(Service.METRICS);
            ProcessHandle metrics =
                    ProcessHandle.of(platform.service(Service.METRICS).pid()).orElseThrow();
            List<byte[]> ofAll =
                    tenants.stream()
                            .map(tenant -> HttpExchange.request(ours, REALTIME, token(tenant)))
                            .toList();
            List<HttpContender> contenders =
                    List.of(
                            bare("bare endpoint", bareServer, bare, "/bare"),
                            bare("bare endpoint with token", bareServer, bare, "/token"),
                            new HttpContender(
                                    "realtime, 1 tenant",
                                    ours,
                                    metrics,
                                    List.of(ofAll.getFirst()),
                                    CONNECTIONS),
                            new HttpContender(
                                    "realtime, %d tenants".formatted(TENANTS),
                                    ours,
                                    metrics,
                                    ofAll,
                                    CONNECTIONS));
            String title =
                    "api, %d connections, %,d B"
                            .formatted(CONNECTIONS, answer.getBytes(StandardCharsets.UTF_8).length);
            results.addAll(new Comparison(title, List.copyOf(contenders)).run(plan, progress));
            double limit = GOAL_P99 * contenders.getFirst().millis(P99);
            for (HttpContender contender : contenders) {
                figures.add(
                        Figure.of(title, contender.name() + ", p50", contender.millis(0.5), "ms"));
                figures.add(
                        Figure.of(title, contender.name() + ", p99", contender.millis(P99), "ms")
                                .withGoal(limit));
            }
        }
    }

    /** What it costs to show many people many tenants, a second apart. */
    private void streams(List<TenantId> tenants, List<Figure> figures) throws Exception {
        URI server = platform.url(Service.METRICS);
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            TenantId tenant = tenants.get(i % tenants.size());
            String token = token("watcher-" + i / tenants.size(), tenant);
            requests.add(HttpExchange.request(server, REALTIME + "/stream", token));
        }
        progress.accept("api: opening %,d streams".formatted(STREAMS));
        try (StreamLoad load = StreamLoad.open(server, requests)) {
            Waiting.until(STREAM_PATIENCE, "streams", () -> load.events() >= 2L * STREAMS);
            ProcessHandle metrics =
                    ProcessHandle.of(platform.service(Service.METRICS).pid()).orElseThrow();
            long before = load.events();
            Duration cpuBefore = metrics.info().totalCpuDuration().orElseThrow();
            long begin = System.nanoTime();
            Waiting.until(
                    STREAM_PATIENCE,
                    "events",
                    () -> load.events() - before >= plan.turn().toSeconds() * STREAMS);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Duration cpu = metrics.info().totalCpuDuration().orElseThrow().minus(cpuBefore);
            if (load.ended() > 0) {
                throw new IllegalStateException(load.ended() + " streams have ended");
            }
            String title = "api, %,d streams of %d tenants".formatted(STREAMS, tenants.size());
            figures.add(Figure.of(title, "events", (load.events() - before) / seconds, "a second"));
            figures.add(
                    Figure.of(
                            title,
                            "CPU of the service",
                            100 * cpu.toNanos() / 1e9 / seconds,
                            "% of a core"));
        }
    }

    private static Path baseline() {
        return Path.of(System.getProperty("artcafe.checkout", "."))
                .toAbsolutePath()
                .resolve("bench-baseline/target/quarkus-app/quarkus-run.jar");
    }

    private HttpContender bare(String name, URI server, ChildJvm process, String path) {
        return new HttpContender(
                name,
                server,
                process.handle(),
                List.of(HttpExchange.request(server, path, token(new TenantId("bench")))),
                CONNECTIONS);
    }

    private String answer(TenantId tenant) {
        URI server = platform.url(Service.METRICS);
        try (HttpExchange exchange = new HttpExchange(server)) {
            return new String(
                    exchange.get(HttpExchange.request(server, REALTIME, token(tenant))),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("no realtime answer", e);
        }
    }

    private String token(TenantId tenant) {
        return token("bench", tenant);
    }

    private String token(String user, TenantId tenant) {
        return platform.stack().tokens().token(TokenRequest.member(user, tenant, Role.VIEWER));
    }
}
