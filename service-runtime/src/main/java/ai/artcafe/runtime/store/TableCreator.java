package ai.artcafe.runtime.store;

import ai.artcafe.model.key.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** Creates the tables that are missing. Any number of services may do it at once. */
@ApplicationScoped
class TableCreator {

    private static final Logger LOG = Logger.getLogger(TableCreator.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DynamoDbClient dynamoDb;

    TableCreator(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** Returns when every table is there, active and expiring. */
    void createMissing() {
        for (Table table : Table.values()) {
            if (!exists(table)) {
                create(table);
            }
        }
        try (DynamoDbWaiter waiter = waiter()) {
            for (Table table : Table.values()) {
                waiter.waitUntilTableExists(request -> request.tableName(table.tableName()));
                enableExpiry(table);
            }
        }
    }

    private DynamoDbWaiter waiter() {
        return DynamoDbWaiter.builder()
                .client(dynamoDb)
                .overrideConfiguration(config ->
                        config.maxAttempts(1000)
                                .backoffStrategyV2(BackoffStrategy.fixedDelay(POLL))
                                .waitTimeout(PATIENCE))
                .build();
    }

    private boolean exists(Table table) {
        try {
            dynamoDb.describeTable(request -> request.tableName(table.tableName()));
            return true;
        } catch (ResourceNotFoundException missing) {
            return false;
        }
    }

    private void create(Table table) {
        try {
            dynamoDb.createTable(request(table));
            LOG.infof("table created table=%s", table.tableName());
        } catch (ResourceInUseException created) {
            LOG.debugf("table is being created by another service table=%s", table.tableName());
        }
    }

    private static CreateTableRequest request(Table table) {
        List<AttributeDefinition> attributes = new ArrayList<>();
        List<KeySchemaElement> keys = new ArrayList<>();
        attributes.add(text(table.partitionKey()));
        keys.add(key(table.partitionKey(), KeyType.HASH));
        table.sortKey()
                .ifPresent(sortKey -> {
                    attributes.add(text(sortKey));
                    keys.add(key(sortKey, KeyType.RANGE));
                });
        return CreateTableRequest.builder()
                .tableName(table.tableName())
                .attributeDefinitions(attributes)
                .keySchema(keys)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    /** DynamoDB refuses to enable what another service has just enabled. */
    private void enableExpiry(Table table) {
        if (expires(table)) {
            return;
        }
        try {
            dynamoDb.updateTimeToLive(request ->
                    request.tableName(table.tableName())
                            .timeToLiveSpecification(
                                    expiry -> expiry.attributeName(Table.TTL).enabled(true)));
        } catch (DynamoDbException refused) {
            if (!expires(table)) {
                throw refused;
            }
        }
    }

    private boolean expires(Table table) {
        TimeToLiveStatus status =
                dynamoDb.describeTimeToLive(request -> request.tableName(table.tableName()))
                        .timeToLiveDescription()
                        .timeToLiveStatus();
        return status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING;
    }
}
