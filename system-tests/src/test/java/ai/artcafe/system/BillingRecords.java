package ai.artcafe.system;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.LocalStack;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What billing finds in DynamoDB. */
record BillingRecords(DynamoDbClient dynamoDb) {

    static BillingRecords of(LocalStack stack) {
        return new BillingRecords(
                DynamoDbClient.builder()
                        .endpointOverride(stack.dynamoDbUrl())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .build());
    }

    Traffic publishedToday(TenantId tenant) {
        return published(tenant, Period.DAILY);
    }

    Traffic publishedThisMonth(TenantId tenant) {
        return published(tenant, Period.MONTHLY);
    }

    List<Map<String, AttributeValue>> sessions(String agent) {
        return dynamoDb.query(query ->
                        query.tableName(Table.USAGE_METRICS.tableName())
                                .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":pk",
                                                text(UsageKeys.client(new AgentId(agent))),
                                                ":sk",
                                                text("SESSION#"))))
                .items();
    }

    private Traffic published(TenantId tenant, Period period) {
        Map<String, AttributeValue> item =
                dynamoDb.getItem(get ->
                                get.tableName(Table.USAGE_METRICS.tableName())
                                        .key(
                                                Map.of(
                                                        "pk",
                                                        text(UsageKeys.tenant(tenant)),
                                                        "sk",
                                                        text(
                                                                UsageKeys.rollup(
                                                                        period, Instant.now())))))
                        .item();
        return new Traffic(
                number(item, UsageFields.PUBLISHED), number(item, UsageFields.PUBLISHED_BYTES));
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? 0 : Long.parseLong(value.n());
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
