package ai.artcafe.gateway.connection.store;

import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.connection.AgentConnection;
import ai.artcafe.gateway.connection.EndedConnection;
import ai.artcafe.gateway.connection.Ending;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.presence.Door;
import ai.artcafe.runtime.store.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Connections that have ended, as items of {@link Table#WEBSOCKET_CONNECTIONS}: under {@code
 * <tenant>#ended}, apart from those that are open, in the order in which they ended; for a day. No
 * tenant's id has a {@code #}.
 */
final class EndedItems {

    private static final Duration LIFE = Duration.ofHours(24);
    private static final String MARK = "#ended";
    private static final String AGENT_ID = "agent_id";
    private static final String DOOR = "door";
    private static final String SERVER_ID = "server_id";
    private static final String OPENED_AT = "opened_at";
    private static final String CLOSED_AT = "closed_at";
    private static final String REASON = "reason";
    private static final String CLOSE_CODE = "close_code";
    private static final String REFUSED = "refused";

    private EndedItems() {}

    static String partition(TenantId tenant) {
        return tenant + MARK;
    }

    static Map<String, AttributeValue> key(TenantId tenant, String position) {
        return Item.key(Table.WEBSOCKET_CONNECTIONS, partition(tenant), position);
    }

    static Map<String, AttributeValue> item(EndedConnection ended) {
        AgentConnection connection = ended.connection();
        Map<String, AttributeValue> item =
                new HashMap<>(
                        key(
                                connection.tenantId(),
                                "%013d#%s"
                                        .formatted(
                                                ended.at().toEpochMilli(),
                                                connection.connectionId())));
        item.put(AGENT_ID, text(connection.agentId().value()));
        item.put(DOOR, text(ended.door().id()));
        item.put(SERVER_ID, text(ended.serverId()));
        item.put(OPENED_AT, text(connection.openedAt().toString()));
        item.put(CLOSED_AT, text(ended.at().toString()));
        item.put(REASON, text(ended.ending().reason().id()));
        ended.ending()
                .closeCode()
                .ifPresent(
                        code -> item.put(CLOSE_CODE, AttributeValue.fromN(Integer.toString(code))));
        if (ended.refused()) {
            item.put(REFUSED, AttributeValue.fromBool(true));
        }
        item.put(Table.TTL, ConnectionItems.seconds(ended.at().plus(LIFE)));
        return item;
    }

    /** Empty for one with a reason or a door that only a newer gateway knows. */
    static Optional<EndedConnection> read(TenantId tenant, Item item) {
        Optional<AgentId> agent = item.text(AGENT_ID).flatMap(AgentId::parse);
        Optional<Door> door = item.text(DOOR).flatMap(Door::parse);
        Optional<EndReason> reason = item.text(REASON).flatMap(EndReason::parse);
        if (agent.isEmpty() || door.isEmpty() || reason.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new EndedConnection(
                        new AgentConnection(
                                connectionId(item),
                                tenant,
                                agent.get(),
                                Instant.parse(item.requiredText(OPENED_AT))),
                        door.get(),
                        item.requiredText(SERVER_ID),
                        Instant.parse(item.requiredText(CLOSED_AT)),
                        new Ending(
                                reason.get(),
                                item.attributes().containsKey(CLOSE_CODE)
                                        ? Optional.of((int) item.number(CLOSE_CODE))
                                        : Optional.empty()),
                        item.attributes().containsKey(REFUSED)));
    }

    static String position(Item item) {
        return item.requiredText(ConnectionItems.CONNECTION_ID);
    }

    private static String connectionId(Item item) {
        String position = position(item);
        return position.substring(position.indexOf('#') + 1);
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
