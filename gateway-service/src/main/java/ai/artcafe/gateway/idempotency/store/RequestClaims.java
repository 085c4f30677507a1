package ai.artcafe.gateway.idempotency.store;

import ai.artcafe.gateway.idempotency.Claim;
import ai.artcafe.gateway.idempotency.IdempotencyConfig;
import ai.artcafe.gateway.idempotency.StoredAnswer;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Items of {@link Table#IDEMPOTENCY}: who serves a request, and then its answer. A name belongs to
 * whoever writes it first, on whichever gateway. Blocks, and throws what the DynamoDB client throws
 * when the store is away.
 */
@ApplicationScoped
public class RequestClaims {

    private static final String TABLE = Table.IDEMPOTENCY.tableName();

    private static final String REQUEST = "request";
    private static final String OWNER = "owner";
    private static final String CLAIMED_AT = "claimed_at";
    private static final String STATUS = "status";
    private static final String HEADERS = "headers";
    private static final String BODY = "body";
    private static final String COMPLETE = "complete";

    private static final String IS_FREE =
            "attribute_not_exists(#name) OR #ttl <= :now"
                    + " OR (attribute_not_exists(#status) AND #claimed <= :abandoned"
                    + " AND #request = :request)";

    private final DynamoDbClient dynamoDb;
    private final IdempotencyConfig config;
    private final Clock clock;

    RequestClaims(DynamoDbClient dynamoDb, IdempotencyConfig config, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.config = config;
        this.clock = clock;
    }

    /** A claim that is kept for as long as the configuration says. */
    public Claim claim(String name, String request) {
        return claim(name, request, config.kept(), config.patience());
    }

    /**
     * @param name what there is one of
     * @param request what is asked for, by its digest
     * @param kept for how long the name means this request
     * @param patience after how long without an answer another may serve it; as long as it is kept
     *     where twice would be worse than never
     */
    public Claim claim(String name, String request, Duration kept, Duration patience) {
        long now = clock.millis();
        String owner = UUID.randomUUID().toString();
        Map<String, AttributeValue> item = new HashMap<>(Item.key(Table.IDEMPOTENCY, name));
        item.put(REQUEST, AttributeValue.fromS(request));
        item.put(OWNER, AttributeValue.fromS(owner));
        item.put(CLAIMED_AT, number(now));
        item.put(Table.TTL, number((now + kept.toMillis()) / 1000));
        try {
            dynamoDb.putItem(put ->
                    put.tableName(TABLE)
                            .item(item)
                            .conditionExpression(IS_FREE)
                            .expressionAttributeNames(
                                    Map.of(
                                            "#name",
                                            Table.IDEMPOTENCY.partitionKey(),
                                            "#ttl",
                                            Table.TTL,
                                            "#status",
                                            STATUS,
                                            "#claimed",
                                            CLAIMED_AT,
                                            "#request",
                                            REQUEST))
                            .expressionAttributeValues(
                                    Map.of(
                                            ":now",
                                            number(now / 1000),
                                            ":abandoned",
                                            number(now - patience.toMillis()),
                                            ":request",
                                            AttributeValue.fromS(request)))
                            .returnValuesOnConditionCheckFailure(
                                    ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Claim.Won(owner);
        } catch (ConditionalCheckFailedException taken) {
            return known(new Item(taken.item()), request);
        }
    }

    private static Claim known(Item item, String request) {
        if (item.text(REQUEST).filter(request::equals).isEmpty()) {
            return new Claim.Different();
        }
        if (!item.attributes().containsKey(STATUS)) {
            return new Claim.Running();
        }
        AttributeValue headers = item.attributes().get(HEADERS);
        return new Claim.Done(
                new StoredAnswer(
                        (int) item.number(STATUS),
                        headers == null
                                ? Map.of()
                                : headers.m().entrySet().stream()
                                        .collect(
                                                Collectors.toMap(
                                                        Map.Entry::getKey,
                                                        entry -> entry.getValue().s())),
                        item.text(BODY).orElse(""),
                        item.attributes().containsKey(COMPLETE)));
    }

    /** Keeps the answer, unless the request has come to another owner meanwhile. */
    public void complete(String name, Claim.Won claim, StoredAnswer answer) {
        boolean fits = answer.body().length() <= config.answerBytes();
        Map<String, String> names =
                new HashMap<>(Map.of("#owner", OWNER, "#status", STATUS, "#headers", HEADERS));
        Map<String, AttributeValue> values =
                new HashMap<>(
                        Map.of(
                                ":owner", AttributeValue.fromS(claim.owner()),
                                ":status", number(answer.status()),
                                ":headers", headers(answer)));
        String set = "SET #status = :status, #headers = :headers";
        if (fits) {
            set += ", #body = :body, #complete = :complete";
            names.put("#body", BODY);
            names.put("#complete", COMPLETE);
            values.put(":body", AttributeValue.fromS(answer.body()));
            values.put(":complete", AttributeValue.fromBool(true));
        }
        String expression = set;
        try {
            dynamoDb.updateItem(update ->
                    update.tableName(TABLE)
                            .key(Item.key(Table.IDEMPOTENCY, name))
                            .conditionExpression("#owner = :owner")
                            .updateExpression(expression)
                            .expressionAttributeNames(names)
                            .expressionAttributeValues(values));
        } catch (ConditionalCheckFailedException _) {
            // whoever has it now keeps its own answer
        }
    }

    private static AttributeValue headers(StoredAnswer answer) {
        return AttributeValue.fromM(
                answer.headers().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> AttributeValue.fromS(entry.getValue()))));
    }

    /** Nothing was done: the request may be made anew under this name. */
    public void release(String name, Claim.Won claim) {
        try {
            dynamoDb.deleteItem(delete ->
                    delete.tableName(TABLE)
                            .key(Item.key(Table.IDEMPOTENCY, name))
                            .conditionExpression("#owner = :owner")
                            .expressionAttributeNames(Map.of("#owner", OWNER))
                            .expressionAttributeValues(
                                    Map.of(":owner", AttributeValue.fromS(claim.owner()))));
        } catch (ConditionalCheckFailedException _) {
            // it is another's now
        }
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
