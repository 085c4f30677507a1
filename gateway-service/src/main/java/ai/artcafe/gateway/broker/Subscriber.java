package ai.artcafe.gateway.broker;

/** Wants the messages of a subject. */
public interface Subscriber {

    /** Takes a message; called by one thread at a time, and must never block. */
    void deliver(Delivery delivery);
}
