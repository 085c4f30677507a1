package ai.artcafe.gateway.registry;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes several items or none, trying again where another writer was at the same ones. */
public final class Transactions {

    private static final int ATTEMPTS = 8;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    private Transactions() {}

    /**
     * Returns the positions of the writes whose conditions did not hold; nothing was written unless
     * it is empty.
     */
    public static List<Integer> write(DynamoDbClient dynamoDb, List<TransactWriteItem> writes) {
        for (int attempt = 1; ; attempt++) {
            try {
                dynamoDb.transactWriteItems(request -> request.transactItems(writes));
                return List.of();
            } catch (TransactionCanceledException e) {
                List<Integer> failed = failedConditions(e.cancellationReasons());
                if (!failed.isEmpty()) {
                    return failed;
                }
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(
                        ThreadLocalRandom.current().nextLong(PAUSE_NANOS * attempt) + 1);
            }
        }
    }

    private static List<Integer> failedConditions(List<CancellationReason> reasons) {
        return IntStream.range(0, reasons.size())
                .filter(i -> CONDITION_FAILED.equals(reasons.get(i).code()))
                .boxed()
                .toList();
    }
}
