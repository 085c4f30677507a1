package ai.artcafe.model.key;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The DynamoDB tables; on demand, with {@code ttl} as the attribute of expiry. */
public enum Table {
    /** Tenants ({@link TenantKeys}) and the slots they occupy. */
    TENANTS("artcafe-tenants", "pk", "sk"),
    /** Agents ({@link AgentKeys}), their ids' and NKeys' owners. */
    AGENTS("artcafe-agents", "pk", "sk"),
    /** Channels ({@link ChannelKeys}), and how many a tenant has. */
    CHANNELS("artcafe-channels", "tenant_id", "channel_id"),
    /** Which agents belong to a channel ({@link ChannelKeys}), and the reverse. */
    CHANNEL_SUBSCRIPTIONS("artcafe-channel-subscriptions", "channel_key", "agent_id"),
    /** Which users belong to which tenants ({@link MemberKeys}), and the reverse. */
    USER_TENANTS("artcafe-user-tenants", "user_id", "tenant_id"),
    WEBSOCKET_CONNECTIONS("artcafe-websocket-connections", "tenant_id", "connection_id"),
    CHALLENGES("artcafe-Challenges", "challenge", null),
    /** Requests that say they are one of which there is one only, and their answers: 24 hours. */
    IDEMPOTENCY("artcafe-idempotency", "request_name", null),
    /** Usage ({@link UsageKeys}): snapshots, sessions and rollups. */
    USAGE_METRICS("artcafe-usage-metrics", "pk", "sk");

    /** The attribute of expiry in every table, in epoch seconds. */
    public static final String TTL = "ttl";

    private final String tableName;
    private final String partitionKey;
    private final Optional<String> sortKey;

    Table(String tableName, String partitionKey, @Nullable String sortKey) {
        this.tableName = tableName;
        this.partitionKey = partitionKey;
        this.sortKey = Optional.ofNullable(sortKey);
    }

    public String tableName() {
        return tableName;
    }

    /** The partition key's attribute, a string. */
    public String partitionKey() {
        return partitionKey;
    }

    /** The sort key's attribute, a string, where there is one. */
    public Optional<String> sortKey() {
        return sortKey;
    }
}
