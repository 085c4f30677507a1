package ai.artcafe.nats.fault;

import ai.artcafe.nats.ack.Acknowledgement;
import ai.artcafe.nats.ack.Answer;
import io.nats.client.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** {@code accept}: the failure is logged and the messages count as processed. */
record Accept(String channel, Acknowledgement acknowledgement) implements FailureStrategy {

    static final String NAME = "accept";

    private static final Logger LOG = Logger.getLogger(Accept.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Void> failed(List<Message> messages, Throwable reason) {
        LOG.warnf(
                "Processing failed, the messages are passed over channel=%s messages=%d reason=%s",
                channel, messages.size(), reason.toString());
        LOG.debug("Processing failed", reason);
        acknowledgement.answer(messages, Answer.ACK);
        return CompletableFuture.completedStage(null);
    }
}
