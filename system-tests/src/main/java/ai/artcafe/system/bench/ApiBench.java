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
            progress.accept("api: waiting for the taps to have listened for a minute");
            Waiting.until(
                    TAP_PATIENCE,
                    "rates of the tap",
                    () -> answer(crowd.tenants().getFirst()).contains("\"source\":\"tap\""));
            realtime(crowd.tenants(), results, figures);
            isOver.set(true);
            talk.join();
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
        return platform.stack().tokens().token(TokenRequest.member("bench", tenant, Role.VIEWER));
    }
}
