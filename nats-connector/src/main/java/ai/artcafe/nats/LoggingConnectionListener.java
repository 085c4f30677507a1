package ai.artcafe.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Says once when a connection is lost, and when it is back. For the connections of one options. */
final class LoggingConnectionListener implements ConnectionListener {

    private static final Logger LOG = Logger.getLogger("ai.artcafe.nats");

    private final AtomicBoolean up = new AtomicBoolean();

    @Override
    @SuppressWarnings("deprecation") // jnats has it as the one abstract method still
    public void connectionEvent(Connection connection, Events event) {
        String name = String.valueOf(connection.getOptions().getConnectionName());
        switch (event) {
            case DISCONNECTED -> {
                if (up.getAndSet(false)) {
                    LOG.warnf("NATS connection lost, reconnecting connection=%s", name);
                }
            }
            case LAME_DUCK -> LOG.infof("NATS server is going away connection=%s", name);
            case RECONNECTED -> {
                up.set(true);
                LOG.infof("NATS connection is back connection=%s", name);
            }
            case CONNECTED -> up.set(true);
            case CLOSED, RESUBSCRIBED, DISCOVERED_SERVERS ->
                    LOG.debugf("NATS connection %s connection=%s", event.getEvent(), name);
        }
    }
}
