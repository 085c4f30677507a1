package ai.artcafe.gateway.socket;

import ai.artcafe.model.problem.ErrorCode;
import java.util.Optional;

/** What an agent sends, one JSON object a text frame. */
sealed interface ClientFrame {

    /**
     * A message to a subject.
     *
     * @param data compact JSON, as it goes to NATS
     * @param id makes a repetition harmless; acknowledged when it is there
     * @param replyTimeoutMs how long to wait for a reply, 0 when none is wanted
     */
    record Publish(String subject, byte[] data, Optional<String> id, long replyTimeoutMs)
            implements ClientFrame {}

    /** A message whose first reply comes back as {@code response}. */
    record Request(String subject, byte[] data, Optional<String> id, long timeoutMs)
            implements ClientFrame {}

    /**
     * @param target how the agent named it, which is how it is echoed
     */
    record Subscribe(Target target, Optional<String> id) implements ClientFrame {}

    record Unsubscribe(Target target, Optional<String> id) implements ClientFrame {}

    /**
     * @param frame as it came: what else is in it is for the trackers to read
     */
    record Heartbeat(byte[] frame) implements ClientFrame {}

    /**
     * What the agent says of its state.
     *
     * @param frame as it came
     */
    record Presence(Optional<String> id, byte[] frame) implements ClientFrame {}

    /** What is left of the day's quota? */
    record Usage(Optional<String> id) implements ClientFrame {}

    record Ping(Optional<String> id) implements ClientFrame {}

    /** A frame that is not understood; it is answered with an error and has no other effect. */
    record Refused(ErrorCode code, String detail, Optional<String> id) implements ClientFrame {}

    /**
     * @param field {@code subject} or {@code channel}
     * @param name the field's value
     * @param subject the subject that it stands for
     */
    record Target(String field, String name, String subject) {}
}
