package ai.artcafe.gateway.broker;

import java.util.Arrays;

/** One NATS subject and all who want it here. Immutable. */
record Topic(String subject, Subscriber[] subscribers) {

    static Topic of(String subject, Subscriber first) {
        return new Topic(subject, new Subscriber[] {first});
    }

    Topic with(Subscriber subscriber) {
        Subscriber[] more = Arrays.copyOf(subscribers, subscribers.length + 1);
        more[subscribers.length] = subscriber;
        return new Topic(subject, more);
    }

    Topic without(Subscriber subscriber) {
        return new Topic(
                subject,
                Arrays.stream(subscribers)
                        .filter(other -> other != subscriber)
                        .toArray(Subscriber[]::new));
    }

    boolean isUnwanted() {
        return subscribers.length == 0;
    }

    void deliver(Delivery delivery) {
        for (Subscriber subscriber : subscribers) {
            subscriber.deliver(delivery);
        }
    }
}
