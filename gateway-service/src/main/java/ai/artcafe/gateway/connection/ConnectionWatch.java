package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.connection.broker.NatsDoor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What goes on for as long as the gateway runs, to know who is connected and end who may not be.
 */
@ApplicationScoped
public class ConnectionWatch {

    private static final Logger LOG = Logger.getLogger(ConnectionWatch.class);

    private final ConnectionConfig config;
    private final NatsDoor door;
    private final NatsCutOffs nats;
    private final RevocationSweep sweep;
    private final CountDownLatch closing = new CountDownLatch(1);

    ConnectionWatch(
            ConnectionConfig config, NatsDoor door, NatsCutOffs nats, RevocationSweep sweep) {
        this.config = config;
        this.door = door;
        this.nats = nats;
        this.sweep = sweep;
    }

    public void start() {
        door.start();
        nats.start();
        Thread.ofVirtual().name("revocations").start(this::sweep);
    }

    public void close() {
        closing.countDown();
        nats.close();
        door.close();
    }

    private void sweep() {
        try {
            while (!closing.await(config.sweepEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                sweep.run();
            }
        } catch (InterruptedException _) {
            LOG.debugf("revoked agents are not looked for any more");
        }
    }
}
