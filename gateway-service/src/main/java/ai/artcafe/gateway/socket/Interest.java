package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.broker.Delivery;
import ai.artcafe.gateway.broker.Subscriber;
import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.Subject;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One subscription of one socket.
 *
 * @param subjects what it is on NATS: a relative subject is there in every form of the tenant's
 *     namespace
 * @param frame how the socket sees a message
 * @param socket takes the messages
 */
record Interest(
        List<Subject> subjects,
        Function<Delivery, MessageFrame> frame,
        Consumer<MessageFrame> socket)
        implements Subscriber {

    static Interest absolute(
            List<Subject> subjects, MessageFrames frames, Consumer<MessageFrame> socket) {
        Function<Delivery, MessageFrame> make = frames::absolute;
        return new Interest(subjects, delivery -> delivery.absolute(make), socket);
    }

    static Interest relative(
            TenantId tenant,
            List<Subject> subjects,
            MessageFrames frames,
            Consumer<MessageFrame> socket) {
        Function<Delivery, MessageFrame> make = delivery -> frames.relative(tenant, delivery);
        return new Interest(subjects, delivery -> delivery.relative(make), socket);
    }

    @Override
    public void deliver(Delivery delivery) {
        socket.accept(frame.apply(delivery));
    }
}
