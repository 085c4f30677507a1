package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What goes on for as long as the gateway runs, to know who is connected and end who may not be.
 */
@ApplicationScoped
public class ConnectionWatch {

    private static final Logger LOG = Logger.getLogger(ConnectionWatch.class);

    private static final Duration COUNTING = Duration.ofMillis(500);
    private static final Duration ENDING = Duration.ofSeconds(2);

    private final ConnectionConfig config;
    private final NatsDoor door;
    private final NatsCutOffs nats;
    private final RevocationSweep sweep;
    private final ConnectionBus bus;
    private final OtherGateways others;
    private final ConnectionRecords records;
    private final Gateways gateways;
    private final Arrivals arrivals;
    private final ArrivalCheck check;
    private final GatewayMeters meters;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    ConnectionWatch(
            ConnectionConfig config,
            NatsDoor door,
            NatsCutOffs nats,
            RevocationSweep sweep,
            ConnectionBus bus,
            OtherGateways others,
            ConnectionRecords records,
            Gateways gateways,
            Arrivals arrivals,
            ArrivalCheck check,
            GatewayMeters meters) {
        this.config = config;
        this.door = door;
        this.nats = nats;
        this.sweep = sweep;
        this.bus = bus;
        this.others = others;
        this.records = records;
        this.gateways = gateways;
        this.arrivals = arrivals;
        this.check = check;
        this.meters = meters;
    }

    public void start() {
        meters.watchConnections(others::size, records::waiting, arrivals::size);
        door.start();
        nats.start();
        every("revocations", config.sweepEvery(), sweep::run);
        every("connections-count", COUNTING, check::run);
        every("connections-heartbeat", config.heartbeat(), gateways::beat);
        every("connections-write", config.writeEvery(), records::write);
        every("connections-tell", config.tellEvery(), bus::tell);
    }

    /** After the sockets are closed: removes their records, and says good-bye. */
    public void close() {
        closing.countDown();
        threads.forEach(ConnectionWatch::join);
        nats.close();
        door.close();
        bus.tell();
        bus.leave();
        gateways.leave();
    }

    /** The first time at once. A fault of one round must not end all others. */
    private void every(String name, Duration pause, Runnable round) {
        threads.add(
                Thread.ofVirtual()
                        .name(name)
                        .start(() -> {
                            try {
                                do {
                                    run(name, round);
                                } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
                            } catch (InterruptedException _) {
                                LOG.debugf("%s ends", name);
                            }
                        }));
    }

    private static void run(String name, Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "a round failed what=%s", name);
        }
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(ENDING)) {
                LOG.warnf("still at work at shutdown what=%s", thread.getName());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
