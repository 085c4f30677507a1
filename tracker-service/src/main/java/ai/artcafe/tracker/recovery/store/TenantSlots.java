package ai.artcafe.tracker.recovery.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.tracker.recovery.KnownTenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The tenants that occupy a slot, and those that are deleted and whose usage is kept. */
@ApplicationScoped
public class TenantSlots implements KnownTenants {

    private final DynamoCalls calls;

    @Inject
    public TenantSlots(DynamoDbClient dynamoDb) {
        this.calls = new DynamoCalls(dynamoDb, Table.TENANTS);
    }

    @Override
    public List<TenantId> all() {
        return DynamoCalls.reading(
                "the tenants",
                () ->
                        Stream.of(TenantKeys.SLOTS, TenantKeys.DELETED)
                                .flatMap(calls::partition)
                                .map(item ->
                                        TenantId.parse(item.requiredText(TenantKeys.TENANT_ID)))
                                .flatMap(Optional::stream)
                                .distinct()
                                .toList());
    }
}
