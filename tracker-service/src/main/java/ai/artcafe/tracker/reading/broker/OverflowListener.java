package ai.artcafe.tracker.reading.broker;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import org.jboss.logging.Logger;

/** Tells when messages were dropped because they were not read in time. */
final class OverflowListener implements ErrorListener {

    private static final Logger LOG = Logger.getLogger(OverflowListener.class);

    private final java.util.function.Consumer<String> overflow;

    OverflowListener(java.util.function.Consumer<String> overflow) {
        this.overflow = overflow;
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        overflow.accept("slow consumer, dropped=" + consumer.getDroppedCount());
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        LOG.warnf("NATS server error: connection=tracker-monitor error=%s", error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception exception) {
        LOG.debugf(exception, "NATS exception: connection=tracker-monitor");
    }
}
