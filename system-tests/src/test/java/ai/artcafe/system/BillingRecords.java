package ai.artcafe.system;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.stack.LocalStack;
import java.util.HashMap;
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

    List<Map<String, AttributeValue>> sessions(String agent) {
        return items(UsageKeys.client(new AgentId(agent)), "SESSION#");
    }

    /** The sum over all rollups of that kind. */
    UsageTotals sum(TenantId tenant, Period period) {
        return sum(items(UsageKeys.tenant(tenant), period.name() + "#"));
    }

    /** The sum over all rollups of that kind. */
    UsageTotals sum(AgentId agent, Period period) {
        return sum(items(UsageKeys.client(agent), period.name() + "#"));
    }

    /** The sum over all the agent's connections, each of which is a session. */
    UsageTotals sumOfSessions(AgentId agent) {
        List<Map<String, AttributeValue>> sessions = sessions(agent.value());
        UsageTotals sum = sum(sessions);
        return new UsageTotals(sum.published(), sum.delivered(), sum.control(), sessions.size());
    }

    private static UsageTotals sum(List<Map<String, AttributeValue>> items) {
        return items.stream()
                .map(item -> {
                    Map<String, String> numbers = new HashMap<>();
                    item.forEach((name, value) -> {
                        if (value.n() != null) {
                            numbers.put(name, value.n());
                        }
                    });
                    return UsageFields.read(numbers);
                })
                .reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    /**
     * A text of each of the tenant's items of a kind, by sort key.
     *
     * @param prefix of the sort keys
     */
    Map<String, String> texts(TenantId tenant, String prefix, String attribute) {
        Map<String, String> texts = new HashMap<>();
        items(UsageKeys.tenant(tenant), prefix)
                .forEach(item -> texts.put(item.get("sk").s(), item.get(attribute).s()));
        return texts;
    }

    private List<Map<String, AttributeValue>> items(String partition, String prefix) {
        return dynamoDb
                .queryPaginator(query ->
                        query.tableName(Table.USAGE_METRICS.tableName())
                                .consistentRead(true)
                                .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
                                .expressionAttributeValues(
                                        Map.of(":pk", text(partition), ":sk", text(prefix))))
                .items()
                .stream()
                .toList();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
