package ai.artcafe.nats;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/** An application that asks for messages when it is told to. */
final class Receiver implements Flow.Subscriber<Message<?>> {

    final List<Message<?>> received = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
    }

    @Override
    public void onNext(Message<?> message) {
        received.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        failures.add(failure);
    }

    @Override
    public void onComplete() {}

    void request(long count) {
        subscription.request(count);
    }

    void cancel() {
        subscription.cancel();
    }

    /** The sizes of the batches received. */
    List<Integer> batchSizes() {
        return received.stream().map(message -> ((List<?>) message.getPayload()).size()).toList();
    }

    /** How many messages came, in batches or singly. */
    int messages() {
        return received.stream()
                .mapToInt(
                        message -> message.getPayload() instanceof List<?> batch ? batch.size() : 1)
                .sum();
    }
}
