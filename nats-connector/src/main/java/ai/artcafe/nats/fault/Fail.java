package ai.artcafe.nats.fault;

import ai.artcafe.nats.ack.Acknowledgement;
import ai.artcafe.nats.ack.Answer;
import io.nats.client.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * {@code fail}: the channel stops and its health is down until the process is started anew. The
 * messages are answered {@code -NAK}, so that another member of the queue group can have them.
 */
record Fail(String channel, Acknowledgement acknowledgement, Consumer<Throwable> stop)
        implements FailureStrategy {

    static final String NAME = "fail";

    private static final Logger LOG = Logger.getLogger(Fail.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Void> failed(List<Message> messages, Throwable reason) {
        LOG.errorf(
                reason,
                "Processing failed, the channel stops channel=%s messages=%d",
                channel,
                messages.size());
        acknowledgement.answer(messages, Answer.NAK);
        stop.accept(reason);
        return CompletableFuture.failedStage(reason);
    }
}
