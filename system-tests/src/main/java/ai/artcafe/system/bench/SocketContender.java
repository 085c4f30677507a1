package ai.artcafe.system.bench;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A server that {@link SocketLoad} sends frames to. */
final class SocketContender implements Contender {

    private final String name;
    private final SocketLoad load;
    private final ProcessHandle server;
    private final LongSupplier through;
    private final AutoCloseable resources;

    /**
     * @param server the process whose CPU time is measured
     * @param through how many frames have gone all the way through so far
     * @param resources what ends with the contender
     */
    SocketContender(
            String name,
            SocketLoad load,
            ProcessHandle server,
            LongSupplier through,
            AutoCloseable resources) {
        this.name = name;
        this.load = load;
        this.server = server;
        this.through = through;
        this.resources = resources;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Sample run(Duration duration) throws Exception {
        long sentBefore = load.sent();
        long throughBefore = through.getAsLong();
        Duration cpuBefore = cpu();
        long start = System.nanoTime();
        load.send(duration);
        long sent = load.sent() - sentBefore;
        Waiting.until(
                Duration.ofSeconds(30),
                name + " to take in all " + sent + " frames",
                () -> through.getAsLong() - throughBefore >= sent);
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        if (through.getAsLong() - throughBefore != sent) {
            throw new IllegalStateException(
                    name
                            + ": "
                            + (through.getAsLong() - throughBefore)
                            + " of "
                            + sent
                            + " frames");
        }
        return new Sample(sent, wall, cpu().minus(cpuBefore));
    }

    private Duration cpu() {
        return server.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() throws Exception {
        load.close();
        resources.close();
    }
}
