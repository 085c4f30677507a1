package ai.artcafe.system.bench;

import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What the gateway's sockets cost: how many come at once, how far one message goes, and what an
 * idle one takes. The gateway's heap must be fixed and touched beforehand, so that what its process
 * grows by is not heap.
 */
final class SocketsBench {

    private static final int AT_ONCE = 1_000;
    private static final int PER_AGENT = 32;
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STAY = Duration.ofSeconds(30);
    private static final Buffer HEARTBEAT = BareWebSocket.frame("{\"type\":\"heartbeat\"}");
    private static final Buffer SUBSCRIBE =
            BareWebSocket.frame("{\"type\":\"subscribe\",\"subject\":\"fan.out\"}");
    private static final Buffer PUBLISH =
            BareWebSocket.frame(
                    "{\"type\":\"publish\",\"subject\":\"fan.out\",\"data\":\""
                            + "x".repeat(60)
                            + "\"}");

    /** Messages that may be on their way to everybody at a time. */
    private static final int IN_FLIGHT = 20;

    private static final double GOAL_BYTES = 12 * 1024;

    private final Agents agents;
    private final ProcessHandle gateway;
    private final int sockets;
    private final int rounds;
    private final Duration turn;
    private final Consumer<String> progress;

    /**
     * @param sockets how many stay open in the end
     */
    SocketsBench(
            Platform platform, int sockets, int rounds, Duration turn, Consumer<String> progress) {
        this.agents = new Agents(platform);
        this.gateway = ProcessHandle.of(platform.service(Service.GATEWAY).pid()).orElseThrow();
        this.sockets = sockets;
        this.rounds = rounds;
        this.turn = turn;
        this.progress = progress;
    }

    List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (SocketCrowd crowd = new SocketCrowd()) {
            progress.accept("sockets: %,d at once, to warm up".formatted(AT_ONCE));
            try (SocketCrowd first = new SocketCrowd()) {
                first.open(addresses("first", AT_ONCE));
            }
            rush(crowd, figures);
            fanOut(crowd, figures);
        }
        try (SocketCrowd crowd = new SocketCrowd()) {
            idle(crowd, figures);
        }
        return figures;
    }

    private List<URI> addresses(String name, int count) {
        List<URI> addresses = new ArrayList<>();
        for (int agent = 0; addresses.size() < count; agent++) {
            addresses.addAll(
                    agents.sockets(
                            name + "-" + agent, Math.min(PER_AGENT, count - addresses.size())));
        }
        return addresses;
    }

    private void rush(SocketCrowd crowd, List<Figure> figures) {
        List<URI> addresses = addresses("rush", AT_ONCE);
        long begin = System.nanoTime();
        int in = crowd.open(addresses);
        double millis = (System.nanoTime() - begin) / 1e6;
        String title = "sockets, %,d at once".formatted(AT_ONCE);
        figures.add(Figure.of(title, "let in", in, "sockets"));
        figures.add(Figure.of(title, "until the last was", millis, "ms"));
    }

    /** All listen to one subject, and one of them publishes. */
    private void fanOut(SocketCrowd crowd, List<Figure> figures) throws InterruptedException {
        int listeners = crowd.size();
        progress.accept("sockets: one message to %,d of them".formatted(listeners));
        crowd.sendAll(SUBSCRIBE);
        settle(crowd);
        long before = crowd.receivedBytes();
        crowd.send(0, PUBLISH);
        settle(crowd);
        long bytes = crowd.receivedBytes() - before;
        if (bytes % listeners != 0) {
            throw new IllegalStateException("not everybody got the message");
        }
        fan(crowd, bytes, turn);
        double[] perSecond = new double[rounds];
        double[] perCoreSecond = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            Duration cpu = cpu();
            long begin = System.nanoTime();
            double deliveries = (double) fan(crowd, bytes, turn) * listeners;
            perSecond[round] = deliveries / ((System.nanoTime() - begin) / 1e9);
            perCoreSecond[round] = deliveries / (cpu().minus(cpu).toNanos() / 1e9);
        }
        String title = "sockets, fan-out to %,d".formatted(listeners);
        figures.add(Figure.of(title, "deliveries", Comparison.median(perSecond), "a second"));
        figures.add(
                Figure.of(
                        title,
                        "deliveries",
                        Comparison.median(perCoreSecond),
                        "a CPU second of the gateway"));
    }

    /** Returns how many messages were published, and have arrived everywhere. */
    private static long fan(SocketCrowd crowd, long bytes, Duration time)
            throws InterruptedException {
        long begin = crowd.receivedBytes();
        long until = System.nanoTime() + time.toNanos();
        long sent = 0;
        while (System.nanoTime() < until) {
            crowd.send(0, PUBLISH);
            sent++;
            long least = begin + Math.max(0, sent - IN_FLIGHT) * bytes;
            Waiting.until(PATIENCE, "messages to arrive", () -> crowd.receivedBytes() >= least);
        }
        long all = begin + sent * bytes;
        Waiting.until(PATIENCE, "all messages to arrive", () -> crowd.receivedBytes() >= all);
        return sent;
    }

    private void idle(SocketCrowd crowd, List<Figure> figures) throws Exception {
        progress.accept("sockets: opening %,d".formatted(sockets));
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        long heapBefore = liveHeap();
        long outsideBefore = resident();
        long begin = System.nanoTime();
        for (int opened = 0; opened < sockets; opened += BATCH) {
            crowd.open(addresses("idle-" + opened, Math.min(BATCH, sockets - opened)));
            crowd.sendAll(HEARTBEAT);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long end = System.nanoTime() + STAY.toNanos();
        while (System.nanoTime() < end) {
            crowd.sendAll(HEARTBEAT);
            LockSupport.parkNanos(STAY.toNanos() / 3);
        }
        String title = "sockets, %,d idle".formatted(sockets);
        double heap = (double) (liveHeap() - heapBefore) / crowd.size();
        double outside = (double) (resident() - outsideBefore) / crowd.size();
        figures.add(
                Figure.of(title, "open after " + STAY.toSeconds() + " s", crowd.size(), "sockets"));
        figures.add(Figure.of(title, "registered, challenged and opened in", seconds, "s"));
        figures.add(Figure.of(title, "live heap each", heap, "B"));
        figures.add(Figure.of(title, "process outside the heap each", outside, "B"));
        figures.add(Figure.of(title, "both", heap + outside, "B").withGoal(GOAL_BYTES));
    }

    /** Waits until nothing more comes. */
    private static void settle(SocketCrowd crowd) {
        long last = -1;
        while (last != crowd.receivedBytes()) {
            last = crowd.receivedBytes();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    private Duration cpu() {
        return gateway.info().totalCpuDuration().orElseThrow();
    }

    /** Bytes in objects that are in use, after a full collection. */
    private long liveHeap() throws IOException, InterruptedException {
        Process histogram =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(gateway.pid()),
                                "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        String total = "";
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                histogram.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                total = line;
            }
        }
        histogram.waitFor();
        return Long.parseLong(total.strip().split("\\s+")[2]);
    }

    /** Bytes of memory that the process has. */
    private long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(gateway.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> Long.parseLong(line.split("\\s+")[1]))
                        .findFirst()
                        .orElseThrow()
                * 1024;
    }
}
