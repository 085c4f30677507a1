package ai.artcafe.runtime.store;

import ai.artcafe.model.key.Table;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The items of one partition whose sort keys lie between two.
 *
 * @param from the first of them
 * @param to the last of them
 */
public record ItemRange(Table table, String partition, String from, String to) {

    /** In the order of their sort keys, page by page as they are asked for. */
    public Stream<Item> in(DynamoDbClient dynamoDb) {
        return items(dynamoDb, query().build());
    }

    /** A query for them, to be refined. */
    public QueryRequest.Builder query() {
        return QueryRequest.builder()
                .tableName(table.tableName())
                .keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :to")
                .expressionAttributeNames(
                        Map.of(
                                "#pk",
                                table.partitionKey(),
                                "#sk",
                                table.sortKey()
                                        .orElseThrow(() ->
                                                new IllegalStateException(
                                                        table + " has no sort key"))))
                .expressionAttributeValues(
                        Map.of(
                                ":pk", AttributeValue.fromS(partition),
                                ":from", AttributeValue.fromS(from),
                                ":to", AttributeValue.fromS(to)));
    }

    /** What a query gives, page by page as it is asked for. */
    public static Stream<Item> items(DynamoDbClient dynamoDb, QueryRequest query) {
        return dynamoDb.queryPaginator(query).items().stream().map(Item::new);
    }
}
