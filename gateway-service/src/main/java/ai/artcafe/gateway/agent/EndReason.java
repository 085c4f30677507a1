package ai.artcafe.gateway.agent;

import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a connection of an agent has ended, at either door. The ids are stable. */
public enum EndReason {
    /** The agent said that it leaves. */
    CLIENT_CLOSED,
    /** The network let it down, or the agent left without a word. */
    CONNECTION_LOST,
    /** A newer connection of the agent took its place. */
    REPLACED(ErrorCode.REPLACED),
    /** It was beyond the connections that the plan has, where the newest are refused. */
    CONNECTION_LIMIT(ErrorCode.LIMIT_EXCEEDED),
    /** The agent went on above its rate, or its tenant's, at the NATS door. */
    RATE_EXCEEDED(ErrorCode.LIMIT_EXCEEDED),
    /** The agent went on at the NATS door after its tenant had used up its day. */
    QUOTA_EXCEEDED(ErrorCode.QUOTA_EXCEEDED),
    DISABLED(ErrorCode.FORBIDDEN),
    DELETED(ErrorCode.FORBIDDEN),
    TENANT_DELETED(ErrorCode.FORBIDDEN),
    /** The agent may not be connected any more; which of these it is is not known. */
    REVOKED(ErrorCode.FORBIDDEN),
    /** The key of this door was replaced or taken away. */
    KEY_REPLACED(ErrorCode.UNAUTHENTICATED),
    /** An admin of the tenant has ended it; the agent may come back at once. */
    DISCONNECTED(ErrorCode.DISCONNECTED),
    HEARTBEAT_TIMEOUT(ErrorCode.HEARTBEAT_TIMEOUT),
    SLOW_CONSUMER(ErrorCode.SLOW_CONSUMER),
    TOO_LARGE(ErrorCode.TOO_LARGE),
    /** Its gateway was stopped. */
    DRAINING(ErrorCode.DRAINING),
    /** Its gateway was gone without having said so. */
    GATEWAY_LOST;

    private final Optional<ErrorCode> code;

    EndReason() {
        this.code = Optional.empty();
    }

    EndReason(ErrorCode code) {
        this.code = Optional.of(code);
    }

    /** The error that closes a socket for it; none where it is not a gateway that ends it. */
    public Optional<ErrorCode> code() {
        return code;
    }

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EndReason> parse(String id) {
        return Arrays.stream(values()).filter(reason -> reason.id().equals(id)).findFirst();
    }

    /** The reason to end what an agent has open that is over this limit. */
    public static EndReason of(OverLimit.Kind limit) {
        return switch (limit) {
            case AGENT_MESSAGES_PER_SECOND, TENANT_MESSAGES_PER_SECOND -> RATE_EXCEEDED;
            case MESSAGES_PER_DAY -> QUOTA_EXCEEDED;
            case CONNECTIONS_PER_AGENT -> CONNECTION_LIMIT;
        };
    }
}
