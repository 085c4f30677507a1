package ai.artcafe.tracker;

import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Has writes to DynamoDB fail, as if the process were killed or the table asked too much of. */
public final class BreakingWrites implements ExecutionInterceptor {

    private final AtomicLong count = new AtomicLong();
    private volatile long fatal = Long.MAX_VALUE;
    private volatile boolean answered;
    private volatile long throttled;

    /**
     * The process dies at a write, and makes no other.
     *
     * @param write the number of the write, from 1 on
     * @param taken whether the write itself is made still
     */
    public void dieAt(long write, boolean taken) {
        count.set(0);
        answered = taken;
        fatal = write;
    }

    /** The next so many writes are too much for the table. */
    public void throttle(long writes) {
        count.set(0);
        throttled = writes;
    }

    /** All goes well again; whether the process had died. */
    public boolean mend() {
        boolean died = count.get() >= fatal;
        fatal = Long.MAX_VALUE;
        return died;
    }

    /** Writes that were tried since it was last told what to do. */
    public long count() {
        return count.get();
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (isWrite(context.request())) {
            long number = count.incrementAndGet();
            if (number > fatal || (number == fatal && !answered)) {
                throw SdkClientException.create("died at write " + number);
            }
            if (throttled > 0) {
                throttled--;
                throw ProvisionedThroughputExceededException.builder()
                        .message("too much")
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode("ProvisionedThroughputExceededException")
                                        .build())
                        .statusCode(400)
                        .build();
            }
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (isWrite(context.request()) && answered && count.get() == fatal) {
            throw SdkClientException.create("died after write " + fatal);
        }
    }

    private static boolean isWrite(Object request) {
        return request instanceof UpdateItemRequest || request instanceof PutItemRequest;
    }
}
