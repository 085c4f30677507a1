package ai.artcafe.system.bench;

import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A {@link TapReceiver} in a process of its own. Two of them would share the queue group, so a
 * receiver runs only during its turn, and is warmed up at the turn's start.
 */
final class TapContender implements Contender {

    /**
     * For how long a fresh receiver is warmed up before each turn: until what its compiler takes is
     * no longer seen in what it takes.
     */
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    /** Bytes that may be under way: little enough that nothing is ever dropped. */
    private static final int WINDOW_BYTES = 16 * 1024 * 1024;

    /** What a message costs on its way besides its payload. */
    private static final int OVERHEAD_BYTES = 128;

    /** What its headers take. */
    private static final int HEADER_BYTES = 512;

    private final TapReceiver.Kind kind;
    private final List<String> receiverArguments;
    private final Connection publisher;
    private final byte[] payload;
    private final String[] subjects;
    private final boolean hasHeaders;

    /**
     * @param receiverArguments the NATS server's URL, the folder of the seeds, the number of slots,
     *     Redis' URL, the slot, the tenant
     * @param publisher an agent's connection
     * @param hasHeaders whether messages carry the headers that a gateway gives them
     */
    TapContender(
            TapReceiver.Kind kind,
            List<String> receiverArguments,
            Connection publisher,
            String namespace,
            int payloadBytes,
            int subjectCount,
            boolean hasHeaders) {
        this.kind = kind;
        this.receiverArguments = receiverArguments;
        this.publisher = publisher;
        this.payload = new byte[payloadBytes];
        this.hasHeaders = hasHeaders;
        this.subjects =
                IntStream.range(0, subjectCount)
                        .mapToObj(i -> namespace + ".bench.s" + i)
                        .toArray(String[]::new);
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Sample run(Duration duration) throws Exception {
        Path file = Files.createTempFile("artcafe-bench-", ".count");
        SharedCount received = SharedCount.in(file);
        List<String> arguments = new ArrayList<>(List.of(kind.name()));
        arguments.addAll(receiverArguments);
        arguments.add(file.toString());
        try (ChildJvm receiver = ChildJvm.start(TapReceiver.class, arguments)) {
            publishUntilReceived(received);
            publish(received, WARM_UP);
            long before = received.get();
            Duration cpuBefore = receiver.handle().info().totalCpuDuration().orElseThrow();
            long start = System.nanoTime();
            long sent = publish(received, duration);
            Duration wall = Duration.ofNanos(System.nanoTime() - start);
            Duration cpu =
                    receiver.handle().info().totalCpuDuration().orElseThrow().minus(cpuBefore);
            if (received.get() - before != sent) {
                throw new IllegalStateException(
                        name() + " received " + (received.get() - before) + " of " + sent);
            }
            return new Sample(sent, wall, cpu);
        } finally {
            Files.delete(file);
        }
    }

    /** The receiver subscribes at some moment; from then on it misses nothing. */
    private void publishUntilReceived(SharedCount received) throws Exception {
        Waiting.until(
                Duration.ofSeconds(20),
                name() + " to receive",
                () -> {
                    publisher.publish(subjects[0], payload);
                    return received.get() > 0;
                });
        publisher.flush(Duration.ofSeconds(5));
        long[] last = {-1};
        Waiting.until(
                Duration.ofSeconds(20),
                name() + " to come to rest",
                () -> {
                    long now = received.get();
                    LockSupport.parkNanos(50_000_000);
                    boolean rests = now == last[0];
                    last[0] = now;
                    return rests;
                });
    }

    /**
     * Publishes for this long, never more ahead than the window, and waits for the last to arrive.
     */
    private long publish(SharedCount received, Duration duration) throws Exception {
        int window =
                WINDOW_BYTES / (payload.length + OVERHEAD_BYTES + (hasHeaders ? HEADER_BYTES : 0));
        long before = received.get();
        long until = System.nanoTime() + duration.toNanos();
        long sent = 0;
        while (System.nanoTime() < until) {
            if (sent - (received.get() - before) > window) {
                Thread.onSpinWait();
                Thread.yield();
                continue;
            }
            Headers headers = headers(sent);
            for (int i = 0; i < 256; i++) {
                String subject = subjects[(int) (sent % subjects.length)];
                if (hasHeaders) {
                    publisher.publish(subject, headers, payload);
                } else {
                    publisher.publish(subject, payload);
                }
                sent++;
            }
        }
        publisher.flush(Duration.ofSeconds(10));
        long all = sent;
        Waiting.until(
                Duration.ofSeconds(10),
                name() + " to receive all of " + all,
                () -> received.get() - before >= all);
        return sent;
    }

    private static Headers headers(long number) {
        return new Headers()
                .put("Artcafe-Client", "bench-agent")
                .put("Artcafe-Sent-At", Long.toString(System.currentTimeMillis()))
                .put("Nats-Msg-Id", "bench-" + number);
    }

    @Override
    public void close() {}
}
