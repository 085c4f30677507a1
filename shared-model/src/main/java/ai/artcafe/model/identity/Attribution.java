package ai.artcafe.model.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * To whom usage of a tenant is booked: one of its agents, or, under a name that begins with
 * {@code @} and that no agent can have, what no agent can be charged with.
 */
public sealed interface Attribution
        permits AgentId, Attribution.Api, Attribution.Gateway, Attribution.Unattributed {

    /** The form in stores and answers. */
    @JsonValue
    String value();

    /**
     * What a tenant's users have sent, and been answered, through the gateways' REST API; named
     * after the tenant, so that the name is as unique on the platform as an agent's.
     */
    record Api(TenantId tenant) implements Attribution {

        @Override
        public String value() {
            return API + tenant;
        }

        @Override
        public String toString() {
            return value();
        }
    }

    /** What came through a gateway and is missing from its sockets' readings. */
    record Gateway(String gatewayId) implements Attribution {

        public Gateway {
            if (!gatewayId.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,126}")) {
                throw new IllegalArgumentException("gateway_id is not valid: " + gatewayId);
            }
        }

        @Override
        public String value() {
            return GATEWAY + gatewayId;
        }

        @Override
        public String toString() {
            return value();
        }
    }

    /** What was counted for the tenant and cannot be told whose it was. */
    record Unattributed() implements Attribution {
        @Override
        public String value() {
            return "@unattributed";
        }

        @Override
        public String toString() {
            return value();
        }
    }

    String API = "@api-";

    String GATEWAY = "@gateway-";

    Attribution UNATTRIBUTED = new Unattributed();

    /** The attribution of that name, or empty when it is none. */
    static Optional<Attribution> parse(String text) {
        if (text.equals(UNATTRIBUTED.value())) {
            return Optional.of(UNATTRIBUTED);
        }
        if (text.startsWith(API)) {
            return TenantId.parse(text.substring(API.length())).map(Api::new);
        }
        if (text.startsWith(GATEWAY)) {
            try {
                return Optional.of(new Gateway(text.substring(GATEWAY.length())));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
        return AgentId.parse(text).map(agent -> agent);
    }

    /**
     * @throws IllegalArgumentException when it is none
     */
    @JsonCreator
    static Attribution of(String text) {
        return parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("not an agent or attribution: " + text));
    }
}
