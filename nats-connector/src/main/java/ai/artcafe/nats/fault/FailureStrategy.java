package ai.artcafe.nats.fault;

import ai.artcafe.nats.ack.Acknowledgement;
import io.nats.client.Message;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What an incoming channel does about messages whose processing failed. */
public sealed interface FailureStrategy permits Fail, Accept, Reject, Requeue {

    /** The value of {@code failure-strategy} that chooses it. */
    String name();

    /**
     * The messages of one batch, or a single one, were not processed.
     *
     * @return complete when dealt with; completed exceptionally when the channel must end
     */
    CompletionStage<Void> failed(List<Message> messages, Throwable reason);

    /**
     * The strategy of that name.
     *
     * @param stop ends the channel for a reason that its health then shows
     * @throws IllegalArgumentException when there is none of that name
     */
    static FailureStrategy named(
            String name,
            String channel,
            Acknowledgement acknowledgement,
            Consumer<Throwable> stop) {
        return switch (name) {
            case Fail.NAME -> new Fail(channel, acknowledgement, stop);
            case Accept.NAME -> new Accept(channel, acknowledgement);
            case Reject.NAME -> new Reject(channel, acknowledgement);
            case Requeue.NAME -> new Requeue(channel, acknowledgement);
            default ->
                    throw new IllegalArgumentException(
                            "failure-strategy of channel '%s' must be fail, accept, reject or requeue: %s"
                                    .formatted(channel, name));
        };
    }
}
