package ai.artcafe.nats.ack;

import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.nats.telemetry.IncomingMeters;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Answers on each message's reply subject once the message was processed or failed. An answer that
 * cannot be sent is counted and logged, not raised: its sender hears nothing and sends again.
 */
public final class ManualAcknowledgement implements Acknowledgement {

    private static final Logger LOG = Logger.getLogger(ManualAcknowledgement.class);

    private final String channel;
    private final LastingConnection connection;
    private final IncomingMeters meters;

    public ManualAcknowledgement(
            String channel, LastingConnection connection, IncomingMeters meters) {
        this.channel = channel;
        this.connection = connection;
        this.meters = meters;
    }

    @Override
    public void answer(List<Message> messages, Answer answer) {
        Optional<Connection> current = connection.current();
        int sent = 0;
        int unsent = 0;
        String fault = "not connected";
        byte[] payload = answer.payload();
        for (Message message : messages) {
            String replyTo = message.getReplyTo();
            if (replyTo == null) {
                continue;
            }
            if (current.isEmpty()) {
                unsent++;
                continue;
            }
            try {
                current.get().publish(replyTo, payload);
                sent++;
            } catch (IllegalStateException | IllegalArgumentException e) {
                unsent++;
                fault = String.valueOf(e.getMessage());
            }
        }
        meters.answered(answer, sent);
        if (unsent > 0) {
            meters.unanswered(unsent);
            LOG.warnf(
                    "Answers not sent, their senders will send again channel=%s answer=%s count=%d reason=%s",
                    channel, answer.word(), unsent, fault);
        }
    }
}
