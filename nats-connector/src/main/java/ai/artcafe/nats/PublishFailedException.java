package ai.artcafe.nats;

/** The reason with which the connector nacks an outgoing message. */
public final class PublishFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final PublishFault fault;

    PublishFailedException(PublishFault fault, String detail) {
        super(detail, null, false, false);
        this.fault = fault;
    }

    public PublishFault fault() {
        return fault;
    }
}
