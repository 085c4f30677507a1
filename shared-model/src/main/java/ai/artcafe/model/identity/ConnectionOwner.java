package ai.artcafe.model.identity;

import java.util.Optional;

/**
 * Whom a NATS connection inside a slot belongs to, as the auth callout names it to the server: the
 * {@code authorized_user} that CONNZ and the connection events carry.
 */
public sealed interface ConnectionOwner {

    TenantId tenant();

    /** The form that the server shows. */
    String userName();

    /** {@code <tenant>/<agent>}: an agent at the NATS door; billed. */
    record Agent(TenantId tenant, AgentId agent) implements ConnectionOwner {
        @Override
        public String userName() {
            return tenant + "/" + agent;
        }
    }

    /**
     * {@code <tenant>/@gateway-<id>}: a gateway's own connection in a tenant's slot; never billed.
     */
    record Gateway(TenantId tenant, String gatewayId) implements ConnectionOwner {
        @Override
        public String userName() {
            return tenant + GATEWAY_MARK + gatewayId;
        }
    }

    String GATEWAY_MARK = "/@gateway-";

    /** The owner that the name tells, or empty when it is none that the callout gives out. */
    static Optional<ConnectionOwner> parse(String userName) {
        int gateway = userName.indexOf(GATEWAY_MARK);
        if (gateway > 0) {
            String id = userName.substring(gateway + GATEWAY_MARK.length());
            return TenantId.parse(userName.substring(0, gateway))
                    .filter(_ -> !id.isEmpty())
                    .map(tenant -> new Gateway(tenant, id));
        }
        int slash = userName.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        return TenantId.parse(userName.substring(0, slash))
                .flatMap(tenant ->
                        AgentId.parse(userName.substring(slash + 1))
                                .map(agent -> new Agent(tenant, agent)));
    }
}
