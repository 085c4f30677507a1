package ai.artcafe.gateway.member.registry;

import ai.artcafe.gateway.member.Member;
import ai.artcafe.gateway.member.MemberConfig;
import ai.artcafe.gateway.registry.Partitions;
import ai.artcafe.gateway.registry.Transactions;
import ai.artcafe.gateway.registry.Writes;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.MemberKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.UserTenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Memberships, kept under the user and under the tenant. Every method blocks, and throws what the
 * DynamoDB client throws when the store is away.
 */
@ApplicationScoped
public class MemberRegistry {

    private static final Table TABLE = Table.USER_TENANTS;
    private static final String SINCE = "since";

    /** Before any user's id: those are printable. */
    private static final String COUNT = "\u0001COUNT";

    private static final String COUNTED = "counted";
    private static final int ATTEMPTS = 5;
    private static final int REMOVED_TOGETHER = 100;

    private final DynamoDbClient dynamoDb;
    private final UserTenants userTenants;
    private final MemberConfig config;

    MemberRegistry(DynamoDbClient dynamoDb, UserTenants userTenants, MemberConfig config) {
        this.dynamoDb = dynamoDb;
        this.userTenants = userTenants;
        this.config = config;
    }

    public Optional<Member> find(TenantId tenant, String user) {
        GetItemResponse answer =
                dynamoDb.getItem(get ->
                        get.tableName(TABLE.tableName())
                                .key(underTenant(tenant, user))
                                .consistentRead(true));
        return answer.hasItem() ? Optional.of(read(new Item(answer.item()))) : Optional.empty();
    }

    /** Names the list of a tenant's members in cursors. */
    public static String scope(TenantId tenant) {
        return "members/" + tenant;
    }

    /** The tenant's members in the order of their ids. */
    public Page<Member> list(TenantId tenant, PageRequest page) {
        QueryResponse answer =
                dynamoDb.query(query ->
                        query.tableName(TABLE.tableName())
                                .keyConditionExpression("user_id = :tenant AND tenant_id > :at")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":tenant",
                                                AttributeValue.fromS(MemberKeys.usersOf(tenant)),
                                                ":at",
                                                AttributeValue.fromS(page.after().orElse(COUNT))))
                                .limit(page.limit())
                                .consistentRead(true));
        List<Member> members = answer.items().stream().map(item -> read(new Item(item))).toList();
        return new Page<>(
                members,
                answer.hasLastEvaluatedKey() && !members.isEmpty()
                        ? Optional.of(Cursor.of(scope(tenant), members.getLast().userId()))
                        : Optional.empty());
    }

    /**
     * Lets a user in, or gives them another role.
     *
     * @throws ai.artcafe.model.problem.ProblemException {@code limit_exceeded}
     */
    public Member put(TenantId tenant, String user, Role role, Instant now) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Member> known = find(tenant, user);
            List<Integer> refused =
                    known.isPresent()
                            ? Transactions.write(
                                    dynamoDb,
                                    List.of(
                                            setRole(underTenant(tenant, user), role),
                                            setRole(underUser(tenant, user), role)))
                            : Transactions.write(
                                    dynamoDb,
                                    List.of(
                                            Writes.putNew(
                                                    TABLE,
                                                    item(underTenant(tenant, user), role, now)),
                                            put(item(underUser(tenant, user), role, now)),
                                            Writes.countUp(
                                                    TABLE,
                                                    underTenant(tenant, COUNT),
                                                    COUNTED,
                                                    config.perTenant(),
                                                    false)));
            if (refused.isEmpty()) {
                userTenants.forget(user, tenant);
                return new Member(user, role, known.map(Member::since).orElse(now));
            }
            if (refused.equals(List.of(2))) {
                throw ErrorCode.LIMIT_EXCEEDED.because(
                        "a tenant may have " + config.perTenant() + " members");
            }
        }
        throw ErrorCode.UNAVAILABLE.because("the member is being changed by others, try again");
    }

    /** Returns false when there is no such member. */
    public boolean remove(TenantId tenant, String user) {
        boolean removed =
                Transactions.write(
                                dynamoDb,
                                List.of(
                                        Writes.deleteExisting(TABLE, underTenant(tenant, user)),
                                        TransactWriteItem.builder()
                                                .delete(delete ->
                                                        delete.tableName(TABLE.tableName())
                                                                .key(underUser(tenant, user)))
                                                .build(),
                                        Writes.countDown(
                                                TABLE, underTenant(tenant, COUNT), COUNTED)))
                        .isEmpty();
        userTenants.forget(user, tenant);
        return removed;
    }

    /** Removes all members of a tenant that is deleted. */
    public void clear(TenantId tenant) {
        PageRequest some = new PageRequest(REMOVED_TOGETHER, Optional.empty());
        long removed;
        do {
            removed =
                    list(tenant, some).items().stream()
                            .filter(member -> remove(tenant, member.userId()))
                            .count();
        } while (removed > 0);
        Partitions.delete(dynamoDb, TABLE, MemberKeys.usersOf(tenant));
    }

    private static Map<String, AttributeValue> underTenant(TenantId tenant, String user) {
        return Item.key(TABLE, MemberKeys.usersOf(tenant), user);
    }

    private static Map<String, AttributeValue> underUser(TenantId tenant, String user) {
        return Item.key(TABLE, user, tenant.value());
    }

    private static Map<String, AttributeValue> item(
            Map<String, AttributeValue> key, Role role, Instant since) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put(MemberKeys.ROLE, AttributeValue.fromS(role.id()));
        item.put(SINCE, AttributeValue.fromS(since.toString()));
        return item;
    }

    /** Whatever was there under the user before was not known to the tenant. */
    private static TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE.tableName()).item(item))
                .build();
    }

    private static TransactWriteItem setRole(Map<String, AttributeValue> key, Role role) {
        return TransactWriteItem.builder()
                .update(update ->
                        update.tableName(TABLE.tableName())
                                .key(key)
                                .conditionExpression("attribute_exists(user_id)")
                                .updateExpression("SET #role = :role")
                                .expressionAttributeNames(Map.of("#role", MemberKeys.ROLE))
                                .expressionAttributeValues(
                                        Map.of(":role", AttributeValue.fromS(role.id()))))
                .build();
    }

    private static Member read(Item item) {
        return new Member(
                item.requiredText("tenant_id"),
                item.text(MemberKeys.ROLE).flatMap(Role::parse).orElse(Role.VIEWER),
                Instant.parse(item.requiredText(SINCE)));
    }
}
