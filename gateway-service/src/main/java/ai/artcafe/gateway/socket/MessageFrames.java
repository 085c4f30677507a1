package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.broker.Delivery;
import ai.artcafe.gateway.frame.FrameText;
import ai.artcafe.gateway.frame.JsonText;
import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.gateway.frame.Rfc3339;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectScheme;
import java.util.Base64;
import java.util.Optional;

/** Writes messages from NATS as frames. Thread-safe. */
final class MessageFrames {

    /** The other members of a message frame take about so many bytes. */
    private static final int MEMBERS = 160;

    private final SubjectScheme subjects;
    private final JsonText json;
    private final Rfc3339 times = new Rfc3339();

    MessageFrames(SubjectScheme subjects, JsonText json) {
        this.subjects = subjects;
        this.json = json;
    }

    /** For those who subscribed to the subject as it is on NATS. */
    MessageFrame absolute(Delivery delivery) {
        return message(delivery, delivery.subject());
    }

    /** For those who subscribed relative to their tenant. */
    MessageFrame relative(TenantId tenant, Delivery delivery) {
        return message(
                delivery,
                subjects.relativize(tenant, delivery.subject()).orElse(delivery.subject()));
    }

    private MessageFrame message(Delivery delivery, String subject) {
        Optional<byte[]> compact = json.compact(delivery.data());
        FrameText frame =
                new FrameText("message", MEMBERS + subject.length() + delivery.data().length)
                        .text("subject", subject);
        data(frame, delivery, compact);
        frame.text("timestamp", times.format(delivery.sentAt()));
        delivery.from().ifPresent(from -> frame.text("from", from));
        delivery.replyTo().ifPresent(replyTo -> frame.text("reply", replyTo));
        return new MessageFrame(frame.end(), size(delivery, compact), delivery.replyTo());
    }

    /** The reply to a request. */
    MessageFrame response(Optional<String> id, Delivery delivery) {
        Optional<byte[]> compact = json.compact(delivery.data());
        FrameText frame = new FrameText("response", MEMBERS + delivery.data().length);
        id.ifPresent(text -> frame.text("id", text));
        data(frame, delivery, compact);
        frame.text("timestamp", times.format(delivery.sentAt()));
        delivery.from().ifPresent(from -> frame.text("from", from));
        return new MessageFrame(frame.end(), size(delivery, compact), Optional.empty());
    }

    String time(long millis) {
        return times.format(millis);
    }

    private static void data(FrameText frame, Delivery delivery, Optional<byte[]> compact) {
        if (compact.isPresent()) {
            frame.json("data", compact.get());
        } else {
            frame.text("data_base64", Base64.getEncoder().encodeToString(delivery.data()));
        }
    }

    private static int size(Delivery delivery, Optional<byte[]> compact) {
        return compact.map(data -> data.length).orElse(delivery.data().length);
    }
}
