package ai.artcafe.system.bench;

import ai.artcafe.model.flow.Distribution;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An endpoint that so many connections ask, each again as soon as it has its answer. */
final class HttpContender implements Contender {

    private final String name;
    private final URI server;
    private final ProcessHandle process;
    private final List<byte[]> requests;
    private final int connections;
    private final List<Distribution> turns = new ArrayList<>();

    /**
     * @param process whose CPU time is measured
     * @param requests which the connections go through in turns
     */
    HttpContender(
            String name,
            URI server,
            ProcessHandle process,
            List<byte[]> requests,
            int connections) {
        this.name = name;
        this.server = server;
        this.process = process;
        this.requests = List.copyOf(requests);
        this.connections = connections;
    }

    /** What a connection has seen. */
    private record Asked(long answers, Distribution millis) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public Sample run(Duration duration) throws Exception {
        Duration cpuBefore = cpu();
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        List<Future<Asked>> asking = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                int first = i * requests.size() / connections;
                asking.add(threads.submit(() -> ask(first, end)));
            }
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - begin);
        Duration cpu = cpu().minus(cpuBefore);
        long answers = 0;
        Distribution millis = new Distribution();
        for (Future<Asked> each : asking) {
            answers += result(each).answers();
            millis.merge(result(each).millis());
        }
        turns.add(millis);
        return new Sample(answers, wall, cpu);
    }

    /** The median over the turns but the first, which warms up. */
    double millis(double quantile) {
        return Comparison.median(
                turns.stream()
                        .skip(1)
                        .mapToDouble(turn -> turn.quantile(quantile).orElseThrow())
                        .toArray());
    }

    private Asked ask(int first, long end) throws Exception {
        Distribution millis = new Distribution();
        long answers = 0;
        try (HttpExchange exchange = new HttpExchange(server)) {
            for (long begin = System.nanoTime(); begin < end; answers++) {
                exchange.get(requests.get((int) ((first + answers) % requests.size())));
                long now = System.nanoTime();
                millis.add((now - begin) / 1e6, 1);
                begin = now;
            }
        }
        return new Asked(answers, millis);
    }

    private static Asked result(Future<Asked> of) throws InterruptedException {
        try {
            return of.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request failed", e.getCause());
        }
    }

    private Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {}
}
