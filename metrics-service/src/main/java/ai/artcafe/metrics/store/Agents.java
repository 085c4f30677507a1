package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which agents a tenant has registered. Throws the SDK's exceptions when DynamoDB is away. */
@ApplicationScoped
public class Agents {

    private static final String PREFIX = "AGENT#";
    private static final String TABLE = Table.AGENTS.tableName();
    private static final String PARTITION = Table.AGENTS.partitionKey();
    private static final String SORT = Table.AGENTS.sortKey().orElseThrow();

    private final DynamoDbClient dynamoDb;

    Agents(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    public boolean isRegistered(TenantId tenant, AgentId agent) {
        return dynamoDb.getItem(request ->
                        request.tableName(TABLE)
                                .key(
                                        Item.key(
                                                Table.AGENTS,
                                                AgentKeys.tenant(tenant),
                                                AgentKeys.agent(agent)))
                                .projectionExpression(SORT))
                .hasItem();
    }

    /** At most so many of them, in the order of their ids. */
    public Set<AgentId> registered(TenantId tenant, int atMost) {
        return dynamoDb
                .queryPaginator(request ->
                        request.tableName(TABLE)
                                .keyConditionExpression(
                                        PARTITION
                                                + " = :tenant AND begins_with("
                                                + SORT
                                                + ", :agent)")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":tenant",
                                                AttributeValue.fromS(AgentKeys.tenant(tenant)),
                                                ":agent",
                                                AttributeValue.fromS(PREFIX)))
                                .projectionExpression(SORT)
                                .limit(atMost))
                .items()
                .stream()
                .limit(atMost)
                .flatMap(item ->
                        AgentId.parse(new Item(item).requiredText(SORT).substring(PREFIX.length()))
                                .stream())
                .collect(Collectors.toSet());
    }
}
