package ai.artcafe.gateway.connection.store;

import ai.artcafe.gateway.connection.AgentConnection;

/**
 * A socket and where it is.
 *
 * @param gateway the run of the gateway
 */
public record Recorded(AgentConnection connection, String gateway) {

    /** The gateway's id, without the run. */
    public String gatewayId() {
        int end = gateway.lastIndexOf('.');
        return end < 0 ? gateway : gateway.substring(0, end);
    }
}
