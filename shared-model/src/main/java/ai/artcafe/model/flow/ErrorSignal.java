package ai.artcafe.model.flow;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The signs by which an error in a tenant's traffic is known. */
public enum ErrorSignal {
    /** A message with the header {@code Nats-Service-Error-Code}: a service says that it failed. */
    SERVICE_ERROR,
    /** A request through a gateway that nobody answered in time. */
    TIMEOUT,
    /** A frame that a gateway refused, whatever the reason. */
    REFUSED,
    /** A publish that the NATS server counted and refused. */
    FORBIDDEN,
    /** Someone who said to be an agent of the tenant and was not let in, at either door. */
    AUTH_FAILED,
    /** A connection that the server ended: slow consumer, protocol violation, too large. */
    CONNECTION_ENDED;

    /** The name in stores and answers, lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ErrorSignal> parse(String id) {
        return Arrays.stream(values()).filter(signal -> signal.id().equals(id)).findFirst();
    }
}
