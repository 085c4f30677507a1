package ai.artcafe.nats;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import java.io.IOException;
import org.jboss.logging.Logger;

/** Says what went wrong on which connection; never what a message held. */
final class LoggingErrorListener implements ErrorListener {

    private static final Logger LOG = Logger.getLogger("ai.artcafe.nats");

    @Override
    public void errorOccurred(Connection connection, String error) {
        LOG.warnf("NATS server error connection=%s error=%s", name(connection), error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception e) {
        if (e instanceof IOException) {
            // one for each attempt to reconnect; that the connection is lost is said once
            LOG.debugf("NATS exception connection=%s exception=%s", name(connection), e.toString());
            return;
        }
        LOG.warnf("NATS exception connection=%s exception=%s", name(connection), e.toString());
        LOG.debug("NATS exception", e);
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        LOG.warnf(
                "NATS slow consumer, messages are dropped connection=%s kind=%s pending=%d limit=%d dropped=%d",
                name(connection),
                consumer instanceof Dispatcher ? "dispatcher" : "subscription",
                consumer.getPendingMessageCount(),
                consumer.getPendingMessageLimit(),
                consumer.getDroppedCount());
    }

    @Override
    public void messageDiscarded(Connection connection, Message message) {
        LOG.warnf(
                "NATS message discarded before it was sent connection=%s subject=%s",
                name(connection), message.getSubject());
    }

    @Override
    public void socketWriteTimeout(Connection connection) {
        LOG.warnf("NATS socket write timed out connection=%s", name(connection));
    }

    private static String name(Connection connection) {
        return String.valueOf(connection.getOptions().getConnectionName());
    }
}
