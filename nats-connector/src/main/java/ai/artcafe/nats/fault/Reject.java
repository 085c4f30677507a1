package ai.artcafe.nats.fault;

import ai.artcafe.nats.ack.Acknowledgement;
import ai.artcafe.nats.ack.Answer;
import io.nats.client.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** {@code reject}: the sender is told not to send the messages again. */
record Reject(String channel, Acknowledgement acknowledgement) implements FailureStrategy {

    static final String NAME = "reject";

    private static final Logger LOG = Logger.getLogger(Reject.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Void> failed(List<Message> messages, Throwable reason) {
        LOG.warnf(
                "Processing failed, the messages are rejected channel=%s messages=%d reason=%s",
                channel, messages.size(), reason.toString());
        LOG.debug("Processing failed", reason);
        acknowledgement.answer(messages, Answer.TERM);
        return CompletableFuture.completedStage(null);
    }
}
