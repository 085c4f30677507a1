package ai.artcafe.gateway.agent.registry;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.registry.Partitions;
import ai.artcafe.gateway.registry.Transactions;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.page.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Removes the agents of a tenant that is deleted. Blocks. */
@ApplicationScoped
public class TenantAgents {

    private static final PageRequest SOME = new PageRequest(100, Optional.empty());

    private final AgentRegistry agents;
    private final DynamoDbClient dynamoDb;

    TenantAgents(AgentRegistry agents, DynamoDbClient dynamoDb) {
        this.agents = agents;
        this.dynamoDb = dynamoDb;
    }

    /**
     * Removes all of them, and frees their ids and NKeys. None is revoked: the tenant is.
     *
     * @param first what is to be done with each before that
     */
    public void clear(TenantId tenant, Consumer<AgentId> first) {
        for (List<Agent> some = agents.list(tenant, SOME).items();
                !some.isEmpty();
                some = agents.list(tenant, SOME).items()) {
            for (Agent agent : some) {
                first.accept(agent.agentId());
                remove(agent);
            }
        }
        Partitions.delete(dynamoDb, Table.AGENTS, AgentKeys.tenant(tenant));
    }

    /** With its record go its pointers, as one: a pointer alone may be another's by tomorrow. */
    private void remove(Agent agent) {
        TransactWriteItem record =
                TransactWriteItem.builder()
                        .delete(delete ->
                                delete.tableName(Table.AGENTS.tableName())
                                        .key(
                                                AgentItems.recordKey(
                                                        agent.tenantId(), agent.agentId())))
                        .build();
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(record);
        writes.add(ownPointer(agent, AgentItems.idPointerKey(agent.agentId())));
        agent.nkeyPublicKey()
                .map(AgentItems::nkeyPointerKey)
                .ifPresent(key -> writes.add(ownPointer(agent, key)));
        if (!Transactions.write(dynamoDb, writes).isEmpty()) {
            Transactions.write(dynamoDb, List.of(record));
        }
    }

    private static TransactWriteItem ownPointer(Agent agent, Map<String, AttributeValue> key) {
        return TransactWriteItem.builder()
                .delete(delete ->
                        delete.tableName(Table.AGENTS.tableName())
                                .key(key)
                                .conditionExpression("attribute_not_exists(pk) OR tenant_id = :own")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":own",
                                                AttributeValue.fromS(agent.tenantId().value()))))
                .build();
    }
}
