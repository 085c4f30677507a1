package ai.artcafe.runtime.store;

import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.plan.LimitOverrides;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A tenant's own limits as an attribute of its record. */
final class LimitItems {

    private static final String AGENTS = "agents";
    private static final String CONNECTIONS = "connections_per_agent";
    private static final String AGENT_RATE = "agent_messages_per_second";
    private static final String TENANT_RATE = "tenant_messages_per_second";
    private static final String PER_DAY = "messages_per_day";
    private static final String FRAME_BYTES = "frame_bytes";
    private static final String OVERAGE = "overage";

    private LimitItems() {}

    static Map<String, AttributeValue> write(LimitOverrides limits) {
        Map<String, AttributeValue> map = new HashMap<>();
        put(map, AGENTS, limits.agents());
        put(map, CONNECTIONS, limits.connectionsPerAgent());
        put(map, AGENT_RATE, limits.agentMessagesPerSecond());
        put(map, TENANT_RATE, limits.tenantMessagesPerSecond());
        put(map, PER_DAY, limits.messagesPerDay());
        put(map, FRAME_BYTES, limits.frameBytes());
        limits.overage().ifPresent(may -> map.put(OVERAGE, AttributeValue.fromBool(may)));
        return map;
    }

    private static void put(
            Map<String, AttributeValue> map, String name, Optional<? extends Number> value) {
        value.ifPresent(number -> map.put(name, AttributeValue.fromN(number.toString())));
    }

    static LimitOverrides read(Item item) {
        AttributeValue limits = item.attributes().get(TenantKeys.LIMITS);
        if (limits == null || !limits.hasM()) {
            return LimitOverrides.NONE;
        }
        Item map = new Item(limits.m());
        return new LimitOverrides(
                number(map, AGENTS),
                number(map, CONNECTIONS),
                number(map, AGENT_RATE),
                number(map, TENANT_RATE),
                number(map, PER_DAY),
                number(map, FRAME_BYTES).map(Math::toIntExact),
                Optional.ofNullable(map.attributes().get(OVERAGE)).map(AttributeValue::bool));
    }

    private static Optional<Long> number(Item map, String name) {
        return map.attributes().containsKey(name)
                ? Optional.of(map.number(name))
                : Optional.empty();
    }
}
