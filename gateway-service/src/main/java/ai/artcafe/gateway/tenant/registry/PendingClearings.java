package ai.artcafe.gateway.tenant.registry;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The deleted tenants of which something is still to be removed. Blocks. */
@ApplicationScoped
public class PendingClearings {

    private static final String TABLE = Table.TENANTS.tableName();

    private final DynamoDbClient dynamoDb;

    PendingClearings(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** A tenant that was deleted then. */
    public record Pending(TenantId tenant, Instant deletedAt) {}

    public List<Pending> all() {
        return dynamoDb
                .queryPaginator(query ->
                        query.tableName(TABLE)
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(
                                        Map.of(":pk", AttributeValue.fromS(TenantKeys.CLEARING)))
                                .consistentRead(true))
                .items()
                .stream()
                .map(Item::new)
                .map(item ->
                        new Pending(
                                new TenantId(item.requiredText(TenantKeys.TENANT_ID)),
                                Instant.parse(item.requiredText(TenantKeys.DELETED_AT))))
                .toList();
    }

    /** Leave to remove what there is, for one of those who ask, until that has taken long. */
    public boolean claim(TenantId tenant, Instant now, Duration patience) {
        try {
            dynamoDb.updateItem(update ->
                    update.tableName(TABLE)
                            .key(key(tenant))
                            .conditionExpression(TenantKeys.CLAIMED_UNTIL + " < :now")
                            .updateExpression("SET " + TenantKeys.CLAIMED_UNTIL + " = :until")
                            .expressionAttributeValues(
                                    Map.of(
                                            ":now",
                                            seconds(now),
                                            ":until",
                                            seconds(now.plus(patience)))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /** Has it done again by whoever comes next. */
    public void release(TenantId tenant) {
        try {
            dynamoDb.updateItem(update ->
                    update.tableName(TABLE)
                            .key(key(tenant))
                            .conditionExpression("attribute_exists(pk)")
                            .updateExpression("SET " + TenantKeys.CLAIMED_UNTIL + " = :free")
                            .expressionAttributeValues(Map.of(":free", seconds(Instant.EPOCH))));
        } catch (ConditionalCheckFailedException _) {
            // another has done it
        }
    }

    /** Nothing is left. */
    public void done(TenantId tenant) {
        dynamoDb.deleteItem(delete -> delete.tableName(TABLE).key(key(tenant)));
    }

    private static Map<String, AttributeValue> key(TenantId tenant) {
        return Item.key(Table.TENANTS, TenantKeys.CLEARING, tenant.value());
    }

    private static AttributeValue seconds(Instant at) {
        return AttributeValue.fromN(Long.toString(at.getEpochSecond()));
    }
}
