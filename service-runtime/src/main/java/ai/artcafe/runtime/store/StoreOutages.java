package ai.artcafe.runtime.store;

import ai.artcafe.runtime.problem.Outages;
import io.vertx.core.VertxException;
import io.vertx.redis.client.impl.types.ErrorType;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** What it looks like when DynamoDB or Redis is away. */
@Singleton
public final class StoreOutages implements Outages {

    public static final String DYNAMODB = "dynamodb";
    public static final String REDIS = "redis";

    /**
     * Redis answers, but cannot serve: starting, failing over, read-only replica, out of memory.
     */
    private static final Set<String> REDIS_NOT_SERVING =
            Set.of(
                    "LOADING",
                    "CLUSTERDOWN",
                    "MASTERDOWN",
                    "READONLY",
                    "TRYAGAIN",
                    "OOM",
                    "MISCONF",
                    "CONNECTION_CLOSED");

    @Override
    public Optional<String> partAway(Throwable error) {
        return storeAway(error);
    }

    /** The store that is away, when that is what the exception or one of its causes says. */
    public static Optional<String> storeAway(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreAwayException away) {
                return Optional.of(away.store());
            }
            if (isDynamoDbAway(cause)) {
                return Optional.of(DYNAMODB);
            }
            if (isRedisAway(cause)) {
                return Optional.of(REDIS);
            }
        }
        return Optional.empty();
    }

    private static boolean isDynamoDbAway(Throwable error) {
        return error instanceof SdkClientException
                || error instanceof ResourceNotFoundException
                || (error instanceof AwsServiceException answer
                        && (answer.statusCode() >= 500 || answer.isThrottlingException()));
    }

    /** The Vert.x client has no exception of its own for most of this. */
    private static boolean isRedisAway(Throwable error) {
        return switch (error) {
            case ConnectException _, UnknownHostException _, SocketException _ -> true;
            case ClosedChannelException _, TimeoutException _ -> true;
            case io.smallrye.mutiny.TimeoutException _ -> true;
            case VertxException _ -> true;
            case ErrorType answer -> REDIS_NOT_SERVING.stream().anyMatch(answer::is);
            default -> false;
        };
    }
}
