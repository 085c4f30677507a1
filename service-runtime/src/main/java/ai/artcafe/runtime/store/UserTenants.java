package ai.artcafe.runtime.store;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.MemberKeys;
import ai.artcafe.model.key.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/**
 * Which users belong to which tenants, beyond what their tokens say. What is read counts for two
 * seconds; while DynamoDB is away what was known goes on to count.
 */
@ApplicationScoped
public class UserTenants {

    private static final int TENANTS_OF_A_USER = 100;

    private record Pair(String user, TenantId tenant) {}

    private final DynamoDbClient dynamoDb;
    private final LastKnown<Pair, Optional<Role>> roles = LastKnown.loading(this::read);

    UserTenants(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * What a user may do in a tenant, or nothing.
     *
     * @param user the subject of a token
     * @throws StoreAwayException when DynamoDB is away and nothing is known of them
     */
    public Optional<Role> role(String user, TenantId tenant) {
        return MemberKeys.isUserId(user) ? roles.get(new Pair(user, tenant)) : Optional.empty();
    }

    /** Has the next {@link #role} on this instance of the service read anew: after a write. */
    public void forget(String user, TenantId tenant) {
        roles.forget(new Pair(user, tenant));
    }

    /**
     * The tenants that a user belongs to, not more than 100.
     *
     * @throws StoreAwayException when DynamoDB is away
     */
    public List<TenantId> tenantsOf(String user) {
        if (!MemberKeys.isUserId(user)) {
            return List.of();
        }
        return reading(() ->
                dynamoDb
                        .query(query ->
                                query.tableName(Table.USER_TENANTS.tableName())
                                        .keyConditionExpression("user_id = :user")
                                        .expressionAttributeValues(
                                                Map.of(":user", AttributeValue.fromS(user)))
                                        .limit(TENANTS_OF_A_USER))
                        .items()
                        .stream()
                        .map(Item::new)
                        .filter(item -> role(item).isPresent())
                        .flatMap(item -> item.text("tenant_id").flatMap(TenantId::parse).stream())
                        .toList());
    }

    private Optional<Role> read(Pair pair) {
        return reading(() -> {
            GetItemResponse answer =
                    dynamoDb.getItem(get ->
                            get.tableName(Table.USER_TENANTS.tableName())
                                    .key(
                                            Item.key(
                                                    Table.USER_TENANTS,
                                                    pair.user(),
                                                    pair.tenant().value()))
                                    .consistentRead(true));
            return answer.hasItem() ? role(new Item(answer.item())) : Optional.empty();
        });
    }

    private static Optional<Role> role(Item item) {
        return item.text(MemberKeys.ROLE).flatMap(Role::parse);
    }

    private static <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (SdkException error) {
            throw StoreOutages.storeAway(error)
                    .<RuntimeException>map(store -> new StoreAwayException(store, error))
                    .orElse(error);
        }
    }
}
