package ai.artcafe.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TableCreatorIT {

    private static LocalStack stack;
    private static DynamoDbClient dynamoDb;

    @BeforeAll
    static void anEmptyDynamoDb() {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        stack = LocalStack.builder().with(Backing.DYNAMODB).inMemory().start();
        dynamoDb = new DynamoDbClients().client(new Config(stack.dynamoDbUrl()));
    }

    @AfterAll
    static void stop() {
        dynamoDb.close();
        stack.close();
    }

    @Test
    void severalServicesAtOnceCreateEveryTableOnceWithExpiry() throws Exception {
        Callable<Void> service =
                () -> {
                    new TableCreator(dynamoDb).createMissing();
                    return null;
                };

        try (ExecutorService services = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done :
                    services.invokeAll(Stream.generate(() -> service).limit(6).toList())) {
                done.get();
            }
        }

        List<String> names = Arrays.stream(Table.values()).map(Table::tableName).toList();
        assertThat(dynamoDb.listTables().tableNames()).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(
                            dynamoDb.describeTable(request -> request.tableName(name))
                                    .table()
                                    .billingModeSummary()
                                    .billingMode())
                    .isEqualTo(BillingMode.PAY_PER_REQUEST);
            assertThat(
                            dynamoDb.describeTimeToLive(request -> request.tableName(name))
                                    .timeToLiveDescription())
                    .satisfies(expiry -> {
                        assertThat(expiry.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
                        assertThat(expiry.attributeName()).isEqualTo(Table.TTL);
                    });
        }
        aTenantRecordIsReadAsItWasWritten();
    }

    private static void aTenantRecordIsReadAsItWasWritten() {
        TenantRecord acme =
                new TenantRecord(
                        new TenantId("acme"),
                        "Acme",
                        Plan.STARTER,
                        Slot.number(7),
                        Instant.parse("2026-11-21T03:00:00.123Z"));
        dynamoDb.putItem(
                request -> request.tableName(Table.TENANTS.tableName()).item(acme.toItem()));
        Tenants tenants = new Tenants(dynamoDb);

        assertThat(tenants.find(acme.tenantId())).contains(acme);
        assertThat(tenants.find(new TenantId("nobody"))).isEmpty();
    }

    private record Config(URI url) implements DynamoDbConfig {

        @Override
        public Optional<URI> endpoint() {
            return Optional.of(url);
        }

        @Override
        public String region() {
            return "us-east-1";
        }

        @Override
        public boolean createTables() {
            return true;
        }
    }
}
