package ai.artcafe.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.impl.types.ErrorType;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class StoreOutagesTest {

    @Test
    void anUnreachableDynamoDbIsAway() {
        assertThat(StoreOutages.storeAway(SdkClientException.create("refused")))
                .contains("dynamodb");
    }

    @Test
    void aFailingDynamoDbIsAwayAndOneThatRefusesIsNot() {
        assertThat(
                        StoreOutages.storeAway(
                                DynamoDbException.builder().statusCode(500).message("x").build()))
                .contains("dynamodb");
        assertThat(
                        StoreOutages.storeAway(
                                ConditionalCheckFailedException.builder().statusCode(400).build()))
                .isEmpty();
    }

    @Test
    void anUnreachableRedisIsAwayHoweverDeepTheCause() {
        assertThat(StoreOutages.storeAway(new CompletionException(new ConnectException("refused"))))
                .contains("redis");
    }

    @Test
    void aRedisThatIsLoadingIsAwayAndOneThatRefusesACommandIsNot() {
        assertThat(StoreOutages.storeAway(ErrorType.create("LOADING Redis is loading")))
                .contains("redis");
        assertThat(StoreOutages.storeAway(ErrorType.create("WRONGTYPE Operation against a key")))
                .isEmpty();
    }

    @Test
    void aFaultOfOursIsNoOutage() {
        assertThat(StoreOutages.storeAway(new IllegalStateException("bug"))).isEmpty();
    }
}
