package ai.artcafe.gateway.connection.store;

import ai.artcafe.gateway.connection.AgentConnection;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sockets, and the marks of who has some, as items of {@link Table#WEBSOCKET_CONNECTIONS}. */
final class ConnectionItems {

    static final String CONNECTION_ID = "connection_id";

    private static final String TENANT_ID = "tenant_id";
    private static final String AGENT_ID = "agent_id";
    private static final String GATEWAY = "gateway";
    private static final String OPENED_AT = "opened_at";

    private ConnectionItems() {}

    static Map<String, AttributeValue> key(TenantId tenant, String connectionId) {
        return Item.key(Table.WEBSOCKET_CONNECTIONS, tenant.value(), connectionId);
    }

    static Map<String, AttributeValue> item(
            AgentConnection connection, String run, Instant expiry) {
        Map<String, AttributeValue> item =
                new HashMap<>(key(connection.tenantId(), connection.connectionId()));
        item.put(AGENT_ID, AttributeValue.fromS(connection.agentId().value()));
        item.put(GATEWAY, AttributeValue.fromS(run));
        item.put(OPENED_AT, AttributeValue.fromS(connection.openedAt().toString()));
        item.put(Table.TTL, seconds(expiry));
        return item;
    }

    static Optional<Recorded> read(Item item) {
        return AgentId.parse(item.text(AGENT_ID).orElse(""))
                .map(agent ->
                        new Recorded(
                                new AgentConnection(
                                        item.requiredText(CONNECTION_ID),
                                        new TenantId(item.requiredText(TENANT_ID)),
                                        agent,
                                        Instant.parse(item.requiredText(OPENED_AT))),
                                item.requiredText(GATEWAY)));
    }

    /** The partition of the tenants that a run has sockets of. */
    static String marks(String run) {
        return "@gateway#" + run;
    }

    static Map<String, AttributeValue> mark(String run, String tenant) {
        return Item.key(Table.WEBSOCKET_CONNECTIONS, marks(run), tenant);
    }

    static AttributeValue seconds(Instant at) {
        return AttributeValue.fromN(Long.toString(at.getEpochSecond()));
    }
}
