package ai.artcafe.gateway.auth.store;

import ai.artcafe.gateway.auth.Challenge;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** The challenges that all gateways have given out; every method blocks. */
@ApplicationScoped
public class ChallengeStore {

    private static final String TABLE = Table.CHALLENGES.tableName();
    private static final String TENANT_ID = "tenant_id";
    private static final String AGENT_ID = "agent_id";
    private static final String EXPIRES_AT = "expires_at";
    private static final String USED_BY = "used_by";

    private final DynamoDbClient dynamoDb;

    ChallengeStore(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    public void add(Challenge challenge) {
        dynamoDb.putItem(put -> put.tableName(TABLE).item(item(challenge)));
    }

    /** Remembers that a challenge was used; true for exactly one of those who try. */
    public boolean addUsed(Challenge challenge) {
        AttributeValue claim = claim();
        Map<String, AttributeValue> used = new HashMap<>(item(challenge));
        used.put(USED_BY, claim);
        try {
            dynamoDb.putItem(put ->
                    put.tableName(TABLE)
                            .item(used)
                            .conditionExpression(
                                    "attribute_not_exists(challenge) OR used_by = :claim")
                            .expressionAttributeValues(Map.of(":claim", claim)));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /**
     * Tells who uses a challenge up: a call that the client repeats, because the answer to it was
     * lost, finds its own claim and has succeeded.
     */
    private static AttributeValue claim() {
        return AttributeValue.fromS(UUID.randomUUID().toString());
    }

    private static Map<String, AttributeValue> item(Challenge challenge) {
        return Map.of(
                Table.CHALLENGES.partitionKey(),
                AttributeValue.fromS(challenge.text()),
                TENANT_ID,
                AttributeValue.fromS(challenge.tenant().value()),
                AGENT_ID,
                AttributeValue.fromS(challenge.agent().value()),
                EXPIRES_AT,
                AttributeValue.fromS(challenge.expiresAt().toString()),
                Table.TTL,
                AttributeValue.fromN(Long.toString(challenge.expiresAt().getEpochSecond())));
    }

    /**
     * The challenge with this text, unless it was used; expired or not, as DynamoDB removes it
     * late.
     */
    public Optional<Challenge> find(String text) {
        GetItemResponse answer =
                dynamoDb.getItem(request ->
                        request.tableName(TABLE)
                                .key(Item.key(Table.CHALLENGES, text))
                                .consistentRead(true));
        return answer.hasItem() && !answer.item().containsKey(USED_BY)
                ? Optional.of(read(new Item(answer.item())))
                : Optional.empty();
    }

    /** Uses the challenge up; true for exactly one of those who try. */
    public boolean consume(Challenge challenge) {
        try {
            dynamoDb.updateItem(update ->
                    update.tableName(TABLE)
                            .key(Item.key(Table.CHALLENGES, challenge.text()))
                            .updateExpression("SET used_by = :claim")
                            .conditionExpression(
                                    "attribute_exists(challenge) AND"
                                            + " (attribute_not_exists(used_by) OR used_by = :claim)")
                            .expressionAttributeValues(Map.of(":claim", claim())));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    private static Challenge read(Item item) {
        return new Challenge(
                item.requiredText(Table.CHALLENGES.partitionKey()),
                new TenantId(item.requiredText(TENANT_ID)),
                new AgentId(item.requiredText(AGENT_ID)),
                Instant.parse(item.requiredText(EXPIRES_AT)));
    }
}
