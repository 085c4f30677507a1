package ai.artcafe.nats.fault;

import ai.artcafe.nats.ack.Acknowledgement;
import ai.artcafe.nats.ack.Answer;
import io.nats.client.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** {@code requeue}: the sender is asked to send the messages again. */
record Requeue(String channel, Acknowledgement acknowledgement) implements FailureStrategy {

    static final String NAME = "requeue";

    private static final Logger LOG = Logger.getLogger(Requeue.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Void> failed(List<Message> messages, Throwable reason) {
        LOG.warnf(
                "Processing failed, the messages are asked for again channel=%s messages=%d reason=%s",
                channel, messages.size(), reason.toString());
        LOG.debug("Processing failed", reason);
        acknowledgement.answer(messages, Answer.NAK);
        return CompletableFuture.completedStage(null);
    }
}
