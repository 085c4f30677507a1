package ai.artcafe.nats;

import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.nats.telemetry.ConnectorMeters;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Messages a second that arrive through a plain jnats dispatcher, and through channels with and
 * without batches: server, publisher and receiver on this machine, on loopback, 200 bytes each,
 * interleaved. Prints the median of five rounds.
 */
final class ThroughputBench {

    private static final int MESSAGES = 1_000_000;
    private static final int ROUNDS = 5;
    private static final int WINDOW = 20_000;

    private final LocalStack stack = LocalStack.shared(Backing.NATS);
    private final Vertx vertx = Vertx.vertx();
    private final LongAdder count = new LongAdder();

    private interface Opening {
        void open(LastingConnection connection);
    }

    public static void main(String[] args) throws Exception {
        new ThroughputBench().run();
        System.exit(0);
    }

    private void run() throws Exception {
        Map<String, Opening> ways =
                Map.of(
                        "jnats dispatcher", this::dispatcher,
                        "batch channel", connection -> channel(connection, true),
                        "single channel", connection -> channel(connection, false));
        Map<String, List<Double>> results = new TreeMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (String way : new TreeSet<>(ways.keySet())) {
                double rate = measure(ways.get(way));
                if (round > 0) {
                    results.computeIfAbsent(way, key -> new ArrayList<>()).add(rate);
                }
            }
        }
        results.forEach((way, rates) -> {
            rates.sort(null);
            System.out.printf(
                    "%-18s median %,.0f msg/s (%,.0f to %,.0f)%n",
                    way, rates.get(ROUNDS / 2), rates.getFirst(), rates.getLast());
        });
    }

    private double measure(Opening opening) throws Exception {
        LastingConnection connection =
                LastingConnection.open(Bus.options(stack, "tracker").build());
        Eventually.isTrue(connection::isConnected);
        count.reset();
        opening.open(connection);
        Connection gateway = Nats.connect(Bus.options(stack, "gateway").build());
        try {
            connection.current().orElseThrow().flush(Duration.ofSeconds(5));
            byte[] payload = new byte[200];
            long start = System.nanoTime();
            for (int sent = 1; sent <= MESSAGES; sent++) {
                gateway.publish(Bus.SUBJECT, payload);
                while (sent % 1000 == 0 && sent - count.sum() > WINDOW) {
                    Thread.onSpinWait();
                    Thread.yield();
                }
            }
            while (count.sum() < MESSAGES) {
                Thread.yield();
            }
            return MESSAGES / ((System.nanoTime() - start) / 1e9);
        } finally {
            gateway.close();
            connection.close();
        }
    }

    private void dispatcher(LastingConnection connection) {
        Connection current = connection.current().orElseThrow();
        Dispatcher dispatcher = current.createDispatcher(message -> count.increment());
        dispatcher.subscribe(Bus.SUBJECT);
    }

    private void channel(LastingConnection connection, boolean batch) {
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        IncomingChannel channel =
                new IncomingChannel(
                        new NatsConnectorIncomingConfiguration(
                                Bus.config(Map.of("batch", String.valueOf(batch)))),
                        connection,
                        task -> context.runOnContext(ignored -> task.run()),
                        new ConnectorMeters(new SimpleMeterRegistry()));
        Multi.createFrom()
                .publisher(channel.stream())
                .onItem()
                .transformToUniAndConcatenate(message -> {
                    count.add(size(message));
                    return Uni.createFrom().completionStage(message.ack());
                })
                .subscribe()
                .with(ignored -> {});
    }

    private static int size(Message<?> message) {
        return message.getPayload() instanceof List<?> batch ? batch.size() : 1;
    }
}
