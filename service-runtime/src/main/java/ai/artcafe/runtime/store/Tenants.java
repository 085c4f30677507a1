package ai.artcafe.runtime.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/**
 * Reads the tenants' records. An answer is at most 2 s old, except while DynamoDB is away: then
 * what was last known of a tenant, for up to an hour. Thread-safe.
 */
@ApplicationScoped
public class Tenants {

    private final DynamoDbClient dynamoDb;
    private final LastKnown<TenantId, Optional<Known>> records = LastKnown.loading(this::read);

    private record Known(TenantRecord record, boolean deleted) {}

    Tenants(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * The tenant's record, or nothing when there is no such tenant.
     *
     * @throws StoreAwayException when DynamoDB is away and nothing is known of the tenant
     */
    public Optional<TenantRecord> find(TenantId tenant) {
        return records.get(tenant).filter(known -> !known.deleted()).map(Known::record);
    }

    /**
     * The same, of a tenant that is deleted as well: its record stays, for what it was charged.
     *
     * @throws StoreAwayException when DynamoDB is away and nothing is known of the tenant
     */
    public Optional<TenantRecord> findKept(TenantId tenant) {
        return records.get(tenant).map(Known::record);
    }

    /** Has the next {@link #find} on this instance of the service read anew: after a write. */
    public void forget(TenantId tenant) {
        records.forget(tenant);
    }

    private Optional<Known> read(TenantId tenant) {
        try {
            GetItemResponse answer =
                    dynamoDb.getItem(request ->
                            request.tableName(Table.TENANTS.tableName())
                                    .key(
                                            Item.key(
                                                    Table.TENANTS,
                                                    TenantKeys.tenant(tenant),
                                                    TenantKeys.RECORD))
                                    .consistentRead(true));
            return Optional.of(answer.item())
                    .filter(_ -> answer.hasItem())
                    .map(Item::new)
                    .map(item -> new Known(TenantRecord.of(item), TenantRecord.isDeleted(item)));
        } catch (SdkException error) {
            throw StoreOutages.storeAway(error)
                    .<RuntimeException>map(store -> new StoreAwayException(store, error))
                    .orElse(error);
        }
    }
}
