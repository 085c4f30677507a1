package ai.artcafe.tracker;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.runtime.store.TenantRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** DynamoDB's tables as the gateway fills them, and what is in them. */
public final class TestTables {

    private final DynamoDbClient dynamoDb;

    TestTables(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** Puts a tenant into a slot, as the gateway does. */
    public void place(TenantId tenant, Slot slot) {
        place(tenant, slot, TapMode.FULL);
    }

    /** Puts a tenant into a slot, and has it looked at so. */
    public void place(TenantId tenant, Slot slot, TapMode tap) {
        Map<String, AttributeValue> item = new HashMap<>(TenantRecord.tapAttributes(tap));
        item.put("pk", AttributeValue.fromS(TenantKeys.SLOTS));
        item.put("sk", AttributeValue.fromS(slot.account()));
        item.put("tenant_id", AttributeValue.fromS(tenant.value()));
        dynamoDb.putItem(put -> put.tableName(Table.TENANTS.tableName()).item(item));
    }

    /** Has the tenant in the slot deleted, so long ago that nothing of it comes any more. */
    public void vacate(TenantId tenant, Slot slot) {
        place(tenant, slot);
        dynamoDb.updateItem(update ->
                update.tableName(Table.TENANTS.tableName())
                        .key(
                                Map.of(
                                        "pk", AttributeValue.fromS(TenantKeys.SLOTS),
                                        "sk", AttributeValue.fromS(slot.account())))
                        .updateExpression("SET " + TenantKeys.KEPT_UNTIL + " = :long_ago")
                        .expressionAttributeValues(Map.of(":long_ago", AttributeValue.fromN("1"))));
    }

    /** Registers an agent, as the gateway does. */
    public void register(TenantId tenant, AgentId agent) {
        create(Table.AGENTS);
        dynamoDb.putItem(put ->
                put.tableName(Table.AGENTS.tableName())
                        .item(
                                Map.of(
                                        "pk", AttributeValue.fromS(AgentKeys.tenant(tenant)),
                                        "sk", AttributeValue.fromS(AgentKeys.agent(agent)),
                                        "tenant_id", AttributeValue.fromS(tenant.value()),
                                        "agent_id", AttributeValue.fromS(agent.value()),
                                        "status", AttributeValue.fromS("active"))));
    }

    public String status(TenantId tenant, AgentId agent) {
        return dynamoDb.getItem(get ->
                        get.tableName(Table.AGENTS.tableName())
                                .consistentRead(true)
                                .key(
                                        Map.of(
                                                "pk",
                                                AttributeValue.fromS(AgentKeys.tenant(tenant)),
                                                "sk",
                                                AttributeValue.fromS(AgentKeys.agent(agent)))))
                .item()
                .get("status")
                .s();
    }

    /** Makes a tenant known, as the gateway does. */
    public void createTenant(TenantId tenant) {
        dynamoDb.putItem(put ->
                put.tableName(Table.TENANTS.tableName())
                        .item(
                                Map.of(
                                        "pk", AttributeValue.fromS(TenantKeys.SLOTS),
                                        "sk", AttributeValue.fromS(tenant.value()),
                                        "tenant_id", AttributeValue.fromS(tenant.value()))));
    }

    /** Makes the tables of usage and of tenants, if they are not there. */
    public void create() {
        create(Table.USAGE_METRICS);
        create(Table.TENANTS);
    }

    /** Makes these tables anew, and empty. */
    public void empty() {
        create();
        dynamoDb.deleteTable(request -> request.tableName(Table.USAGE_METRICS.tableName()));
        dynamoDb.deleteTable(request -> request.tableName(Table.TENANTS.tableName()));
        create();
    }

    private void create(Table table) {
        String sortKey = table.sortKey().orElseThrow();
        try {
            dynamoDb.createTable(request ->
                    request.tableName(table.tableName())
                            .billingMode("PAY_PER_REQUEST")
                            .attributeDefinitions(
                                    a ->
                                            a.attributeName(table.partitionKey())
                                                    .attributeType(ScalarAttributeType.S),
                                    a ->
                                            a.attributeName(sortKey)
                                                    .attributeType(ScalarAttributeType.S))
                            .keySchema(
                                    k ->
                                            k.attributeName(table.partitionKey())
                                                    .keyType(KeyType.HASH),
                                    k -> k.attributeName(sortKey).keyType(KeyType.RANGE)));
        } catch (ResourceInUseException _) {
            return;
        }
    }

    /** The items of a partition, by sort key. */
    public Map<String, Map<String, AttributeValue>> items(String partition) {
        Map<String, Map<String, AttributeValue>> items = new LinkedHashMap<>();
        dynamoDb.queryPaginator(request ->
                        request.tableName(Table.USAGE_METRICS.tableName())
                                .consistentRead(true)
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(
                                        Map.of(":pk", AttributeValue.fromS(partition))))
                .items()
                .forEach(item -> items.put(item.get("sk").s(), item));
        return items;
    }
}
