package ai.artcafe.tracker.rollup.store;

import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.rollup.UsageStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * All writes of usage and of the flow go through here: so many a second, so many at once, and again
 * when they are throttled. Thread-safe.
 */
@ApplicationScoped
public class PacedWrites {

    private static final int WRITE_UNIT = 1024;

    private final Pace pace;
    private final Semaphore room;
    private final int attempts;

    @Inject
    public PacedWrites(RollupConfig config) {
        this.pace = new Pace(config.writesPerSecond(), config.backoff());
        this.room = new Semaphore(config.concurrency());
        this.attempts = config.attempts();
    }

    /**
     * Makes a write.
     *
     * @param bytes about how large
     * @return false when its condition did not hold
     * @throws UsageStoreException when the store is away, or throttles for too long
     */
    public boolean write(int bytes, Runnable call) {
        try {
            for (int attempt = 1; ; attempt++) {
                pace.take(1 + bytes / WRITE_UNIT);
                room.acquire();
                try {
                    call.run();
                    return true;
                } catch (ConditionalCheckFailedException _) {
                    return false;
                } catch (SdkException e) {
                    if (!isThrottled(e) || attempt >= attempts) {
                        throw failure(e);
                    }
                    pace.throttled(attempt);
                } finally {
                    room.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UsageStoreException("interrupted", e);
        }
    }

    /** How often a write was throttled. */
    public long throttled() {
        return pace.throttledCount();
    }

    /** What a failed call says of the store: that it is away, or that the call was wrong. */
    static RuntimeException failure(SdkException e) {
        return StoreOutages.storeAway(e).isPresent() || isThrottled(e)
                ? new UsageStoreException("DynamoDB: " + e.getMessage(), e)
                : e;
    }

    private static boolean isThrottled(SdkException e) {
        return e instanceof AwsServiceException service && service.isThrottlingException();
    }
}
