package ai.artcafe.gateway.agent.registry;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.agent.Revocation;
import ai.artcafe.gateway.registry.ItemUpdate;
import ai.artcafe.gateway.registry.Transactions;
import ai.artcafe.gateway.revision.EntityTags;
import ai.artcafe.gateway.revision.Revised;
import ai.artcafe.gateway.revision.Revision;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.presence.Door;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * All agents. Reads see every write that came before them. Every method blocks, and throws what the
 * DynamoDB client throws when the store is away.
 */
@ApplicationScoped
public class AgentRegistry {

    private static final String TABLE = Table.AGENTS.tableName();
    private static final String IS_NEW = "attribute_not_exists(pk)";

    private static final int ATTEMPTS = 5;

    private final DynamoDbClient dynamoDb;
    private final Clock clock;

    AgentRegistry(DynamoDbClient dynamoDb, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.clock = clock;
    }

    /**
     * Registers an agent whose id and NKey nobody on the platform has.
     *
     * @param limit how many agents the tenant may have
     * @throws ai.artcafe.model.problem.ProblemException {@code conflict} or {@code limit_exceeded}
     */
    public void create(Agent agent, long limit) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(putNew(AgentItems.write(agent)));
        writes.add(putNew(AgentItems.pointer(AgentItems.idPointerKey(agent.agentId()), agent)));
        writes.add(countOneMore(agent.tenantId(), limit));
        agent.nkeyPublicKey()
                .map(AgentItems::nkeyPointerKey)
                .ifPresent(key -> writes.add(putNew(AgentItems.pointer(key, agent))));
        List<Integer> refused = Transactions.write(dynamoDb, writes);
        if (refused.contains(0) || refused.contains(1)) {
            throw ErrorCode.CONFLICT.because("agent_id is taken");
        }
        if (refused.contains(3)) {
            throw ErrorCode.CONFLICT.because("nkey_public_key is registered already");
        }
        if (!refused.isEmpty()) {
            throw ErrorCode.LIMIT_EXCEEDED.because("the plan allows " + limit + " agents");
        }
    }

    public Optional<Agent> find(TenantId tenant, AgentId agent) {
        return get(AgentItems.recordKey(tenant, agent)).map(AgentItems::read);
    }

    /** The agent that registered this NKey. */
    public Optional<Agent> findByNkey(String nkey) {
        return get(AgentItems.nkeyPointerKey(nkey))
                .flatMap(pointer ->
                        find(AgentItems.pointedTenant(pointer), AgentItems.pointedAgent(pointer)))
                .filter(agent -> agent.nkeyPublicKey().filter(nkey::equals).isPresent());
    }

    /** The tenant's agents in the order of their ids. */
    public Page<Agent> list(TenantId tenant, PageRequest page) {
        QueryResponse answer =
                dynamoDb.query(query -> {
                    query.tableName(TABLE)
                            .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
                            .expressionAttributeValues(
                                    Map.of(
                                            ":pk",
                                            AttributeValue.fromS(AgentKeys.tenant(tenant)),
                                            ":sk",
                                            AttributeValue.fromS("AGENT#")))
                            .limit(page.limit())
                            .consistentRead(true);
                    page.after()
                            .ifPresent(after ->
                                    query.exclusiveStartKey(
                                            AgentItems.recordKey(tenant, new AgentId(after))));
                });
        List<Agent> agents =
                answer.items().stream().map(item -> AgentItems.read(new Item(item))).toList();
        return new Page<>(
                agents,
                answer.hasLastEvaluatedKey() && !agents.isEmpty()
                        ? Optional.of(Cursor.of(scope(tenant), agents.getLast().agentId().value()))
                        : Optional.empty());
    }

    /** Names the list of the tenant's agents in cursors. */
    public static String scope(TenantId tenant) {
        return "agents/" + tenant;
    }

    /** The agent and the state it is in. */
    public Optional<Revised<Agent>> findRevised(TenantId tenant, AgentId agent) {
        return get(AgentItems.recordKey(tenant, agent)).map(AgentItems::readRevised);
    }

    /**
     * What a change did.
     *
     * @param before the agent that it was made to
     */
    public record Changed(Agent before, Revised<Agent> after) {}

    /**
     * Changes an agent; empty when there is no such agent.
     *
     * @param expected in which state it must be
     * @throws ai.artcafe.model.problem.ProblemException {@code precondition_failed}; {@code
     *     conflict} when another agent has the NKey
     */
    public Optional<Changed> change(
            TenantId tenant,
            AgentId id,
            EntityTags expected,
            UnaryOperator<Agent> change,
            Instant now) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Revised<Agent>> found = findRevised(tenant, id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Revised<Agent> before = found.get();
            expected.require(before.revision());
            Agent after = change.apply(before.value());
            if (after.equals(before.value()) || isWritten(before, after, now)) {
                Revision revision =
                        after.equals(before.value()) ? before.revision() : before.revision().next();
                return Optional.of(new Changed(before.value(), new Revised<>(after, revision)));
            }
        }
        throw ErrorCode.UNAVAILABLE.because("the agent is being changed by others, try again");
    }

    /** Returns false when somebody else has changed it meanwhile. */
    private boolean isWritten(Revised<Agent> before, Agent after, Instant now) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(
                ItemUpdate.write(
                        Table.AGENTS,
                        AgentItems.recordKey(after.tenantId(), after.agentId()),
                        before.revision(),
                        AgentItems.write(before.value()),
                        AgentItems.write(after),
                        now));
        Optional<String> oldKey = before.value().nkeyPublicKey();
        Optional<String> newKey = after.nkeyPublicKey();
        if (!oldKey.equals(newKey)) {
            newKey.map(AgentItems::nkeyPointerKey)
                    .ifPresent(key -> writes.add(putNew(AgentItems.pointer(key, after))));
            oldKey.map(AgentItems::nkeyPointerKey).ifPresent(key -> writes.add(delete(key)));
        }
        Set<Door> lost = before.value().doorsLostBy(after);
        if (!lost.isEmpty()) {
            writes.add(
                    Revocations.write(
                            Revocation.of(
                                    after.tenantId(),
                                    after.agentId(),
                                    clock.instant(),
                                    Agent.lossBy(after),
                                    lost)));
        }
        List<Integer> refused = Transactions.write(dynamoDb, writes);
        if (refused.contains(1)) {
            throw ErrorCode.CONFLICT.because("nkey_public_key is registered already");
        }
        return refused.isEmpty();
    }

    /**
     * Removes the agent and frees its id and its NKey; false when there is no such agent.
     *
     * @param expected in which state it must be
     */
    public boolean delete(TenantId tenant, AgentId id, EntityTags expected) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Revised<Agent>> agent = findRevised(tenant, id);
            if (agent.isEmpty()) {
                return false;
            }
            expected.require(agent.get().revision());
            if (Transactions.write(dynamoDb, removal(agent.get())).isEmpty()) {
                return true;
            }
        }
        throw ErrorCode.UNAVAILABLE.because("the agent is being changed by others, try again");
    }

    private List<TransactWriteItem> removal(Revised<Agent> revised) {
        Agent agent = revised.value();
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(
                ItemUpdate.delete(
                        Table.AGENTS,
                        AgentItems.recordKey(agent.tenantId(), agent.agentId()),
                        revised.revision(),
                        AgentItems.write(agent)));
        writes.add(delete(AgentItems.idPointerKey(agent.agentId())));
        writes.add(countOneLess(agent.tenantId()));
        writes.add(
                Revocations.write(
                        Revocation.of(
                                agent.tenantId(),
                                agent.agentId(),
                                clock.instant(),
                                EndReason.DELETED,
                                AgentCutOff.BOTH_DOORS)));
        agent.nkeyPublicKey()
                .map(AgentItems::nkeyPointerKey)
                .ifPresent(key -> writes.add(delete(key)));
        return writes;
    }

    private Optional<Item> get(Map<String, AttributeValue> key) {
        GetItemResponse answer =
                dynamoDb.getItem(request -> request.tableName(TABLE).key(key).consistentRead(true));
        return answer.hasItem() ? Optional.of(new Item(answer.item())) : Optional.empty();
    }

    private static TransactWriteItem putNew(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE).item(item).conditionExpression(IS_NEW))
                .build();
    }

    private static TransactWriteItem delete(Map<String, AttributeValue> key) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(TABLE).key(key))
                .build();
    }

    private static TransactWriteItem countOneMore(TenantId tenant, long limit) {
        return TransactWriteItem.builder()
                .update(update ->
                        update.tableName(TABLE)
                                .key(AgentItems.countKey(tenant))
                                .updateExpression("ADD agents :one")
                                .conditionExpression(
                                        "attribute_not_exists(agents) OR agents < :limit")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":one",
                                                AttributeValue.fromN("1"),
                                                ":limit",
                                                AttributeValue.fromN(Long.toString(limit)))))
                .build();
    }

    private static TransactWriteItem countOneLess(TenantId tenant) {
        return TransactWriteItem.builder()
                .update(update ->
                        update.tableName(TABLE)
                                .key(AgentItems.countKey(tenant))
                                .updateExpression("ADD agents :less")
                                .expressionAttributeValues(
                                        Map.of(":less", AttributeValue.fromN("-1"))))
                .build();
    }
}
