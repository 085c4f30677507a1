package ai.artcafe.system;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.FolderTree;
import ai.artcafe.system.Audit.Tolerance;
import ai.artcafe.system.load.TruthfulLoad;
import ai.artcafe.system.platform.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Redis loses everything in the middle of the load, and the ledger comes back from DynamoDB to the
 * message and byte.
 */
class RedisLostST {

    private final Platform platform = BreakablePlatform.platform();
    private TruthfulLoad load;
    private Audit audit;

    @BeforeEach
    void begin() {
        load =
                TruthfulLoad.begin(
                        platform, TruthfulLoad.Plan.modest(BreakablePlatform.newTenants(2)));
        audit = Audit.of(load, platform, BreakablePlatform.api());
        load.carry(1_000);
    }

    @AfterEach
    void end() {
        load.close();
        audit.close();
    }

    @Test
    void redis_may_be_emptied_while_everything_runs() {
        try (LiveTotals redis = new LiveTotals(platform.stack().redisUrl())) {
            redis.lose();
        }
        load.carry(500);
        audit.everythingIsExact(Tolerance.AFTER_FAULTS);
    }

    @Test
    void redis_may_die_and_come_back_with_nothing() {
        BackingService redis = platform.stack().redis();
        redis.kill();
        try {
            new FolderTree(platform.stack().layout().data(Backing.REDIS)).delete();
            load.carry(300);
        } finally {
            redis.start();
        }
        load.carry(300);
        audit.everythingIsExact(Tolerance.AFTER_FAULTS);
    }
}
