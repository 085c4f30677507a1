package ai.artcafe.runtime.store;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * One client a service; it blocks, on at most {@value #CONNECTIONS} connections. A call is tried
 * three times and given up after {@value #TOTAL_SECONDS} s.
 */
@ApplicationScoped
class DynamoDbClients {

    private static final int CONNECTIONS = 64;
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    static final int TOTAL_SECONDS = 10;

    @Produces
    @Singleton
    @DefaultBean
    DynamoDbClient client(DynamoDbConfig config) {
        DynamoDbClientBuilder client =
                DynamoDbClient.builder()
                        .region(Region.of(config.region()))
                        .httpClientBuilder(
                                Apache5HttpClient.builder()
                                        .maxConnections(CONNECTIONS)
                                        .connectionTimeout(CONNECT)
                                        .socketTimeout(ATTEMPT))
                        .overrideConfiguration(
                                ClientOverrideConfiguration.builder()
                                        .apiCallAttemptTimeout(ATTEMPT)
                                        .apiCallTimeout(Duration.ofSeconds(TOTAL_SECONDS))
                                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                                        .build());
        config.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    void close(@Disposes DynamoDbClient client) {
        client.close();
    }

    @Produces
    @Singleton
    @DefaultBean
    DynamoDbEnhancedClient enhanced(DynamoDbClient client) {
        return DynamoDbEnhancedClient.builder().dynamoDbClient(client).build();
    }
}
