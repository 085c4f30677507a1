package ai.artcafe.tracker.presence.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.tracker.Fanout;
import ai.artcafe.tracker.presence.ChangeArchive;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Changes as items in the agents' partitions; one that is written again is the same item. */
@ApplicationScoped
public class DynamoChanges implements ChangeArchive {

    private static final int AT_ONCE = 8;

    private final DynamoDbClient dynamoDb;

    @Inject
    public DynamoChanges(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    public void write(TenantId tenant, Collection<PresenceChange> changes, Duration life) {
        try {
            Fanout.each(changes, AT_ONCE, change -> write(tenant, change, life));
        } catch (SdkException e) {
            throw new StoreAwayException(StoreOutages.DYNAMODB, e);
        }
    }

    private void write(TenantId tenant, PresenceChange change, Duration life) {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS,
                                UsageKeys.client(change.agent()),
                                UsageKeys.presence(change.at(), change.to())));
        change.fields().forEach((field, value) -> item.put(field, AttributeValue.fromS(value)));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(tenant.value()));
        item.put(
                Table.TTL,
                AttributeValue.fromN(Long.toString(change.at().plus(life).getEpochSecond())));
        dynamoDb.putItem(put -> put.tableName(Table.USAGE_METRICS.tableName()).item(item));
    }
}
