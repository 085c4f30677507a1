package ai.artcafe.system.bench;

import ai.artcafe.model.access.Role;
import ai.artcafe.stack.TokenRequest;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * How long looking back takes: the analytics of 30 days of a tenant with 250 agents, the first time
 * and once the closed periods are known, asked for by one user after the other and by a few at
 * once.
 */
final class AnalyticsBench {

    private static final int AGENTS = 250;
    private static final int DAYS = 30;
    private static final int AT_ONCE = 4;
    private static final double GOAL_MILLIS = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Platform platform;
    private final Duration turn;
    private final Consumer<String> progress;

    /**
     * @param platform with a metrics-service
     * @param turn how long each question is asked over and over
     */
    AnalyticsBench(Platform platform, Duration turn, Consumer<String> progress) {
        this.platform = platform;
        this.turn = turn;
        this.progress = progress;
    }

    List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (SeededPast past = new SeededPast(platform.stack(), AGENTS, DAYS, Instant.now())) {
            progress.accept("analytics: writing the past of %d agents".formatted(AGENTS));
            past.write();
            String token =
                    platform.stack()
                            .tokens()
                            .token(TokenRequest.member("bench", past.tenant(), Role.VIEWER));
            measure(token, "30 days, %d agents".formatted(AGENTS), "?period=30d", figures);
            measure(
                    token,
                    "30 days of one agent",
                    "?period=30d&client_id=" + past.agent(1),
                    figures);
            measure(token, "30 days of one channel", "?period=30d&channel_id=bench-1", figures);
        }
        return figures;
    }

    private void measure(String token, String what, String query, List<Figure> figures)
            throws Exception {
        String title = "analytics, " + what;
        HttpRequest request =
                HttpRequest.newBuilder(
                                platform.url(Service.METRICS)
                                        .resolve(URI.create("/api/v1/metrics/analytics" + query)))
                        .header("Authorization", "Bearer " + token)
                        .build();
        figures.add(Figure.of(title, "first time", ask(request), "ms"));
        askFor(request, 1, WARM_UP);
        figures.addAll(figures(title, "one user", askFor(request, 1, turn)));
        figures.addAll(figures(title, AT_ONCE + " at once", askFor(request, AT_ONCE, turn)));
        progress.accept(title + ": done");
    }

    private static List<Figure> figures(String title, String users, List<Double> millis) {
        return List.of(
                Figure.of(title, users + ", p50", percentile(millis, 0.50), "ms"),
                Figure.of(title, users + ", p99", percentile(millis, 0.99), "ms")
                        .withGoal(GOAL_MILLIS));
    }

    private List<Double> askFor(HttpRequest request, int users, Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        List<Double> all = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Double>>> asking = new ArrayList<>();
            for (int user = 0; user < users; user++) {
                asking.add(
                        each.submit(() -> {
                            List<Double> millis = new ArrayList<>();
                            while (System.nanoTime() < end) {
                                millis.add(ask(request));
                            }
                            return millis;
                        }));
            }
            for (Future<List<Double>> one : asking) {
                all.addAll(one.get());
            }
        }
        return all;
    }

    private double ask(HttpRequest request) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        double millis = (System.nanoTime() - begin) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(request.uri() + " answered " + answer.statusCode());
        }
        return millis;
    }

    private static double percentile(List<Double> values, double rank) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(rank * sorted.size()) - 1);
    }
}
