package ai.artcafe.system;

import ai.artcafe.stack.BackingService;
import ai.artcafe.system.Audit.Tolerance;
import ai.artcafe.system.load.TruthfulLoad;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One part is killed with SIGKILL again and again in the middle of the load, and once it is back
 * nothing is lost and nothing has been counted twice.
 */
class CrashLoopST {

    private static final int CRASHES = 2;

    private final Platform platform = BreakablePlatform.platform();
    private TruthfulLoad load;
    private Audit audit;

    @BeforeEach
    void begin() {
        load =
                TruthfulLoad.begin(
                        platform, TruthfulLoad.Plan.modest(BreakablePlatform.newTenants(2)));
        audit = Audit.of(load, platform, BreakablePlatform.api());
        load.carry(300);
    }

    @AfterEach
    void end() {
        load.close();
        audit.close();
    }

    @Test
    void the_tracker_may_be_killed_at_any_moment() {
        crashAgainAndAgain(platform.service(Service.TRACKER));
    }

    @Test
    void redis_may_be_killed_at_any_moment() {
        crashAgainAndAgain(platform.stack().redis());
    }

    @Test
    void dynamodb_may_be_killed_at_any_moment() {
        crashAgainAndAgain(platform.stack().dynamoDb());
    }

    @Test
    void metrics_may_be_killed_at_any_moment() {
        crashAgainAndAgain(platform.service(Service.METRICS));
    }

    private void crashAgainAndAgain(BackingService part) {
        for (int crash = 1; crash <= CRASHES; crash++) {
            load.carry(300);
            part.kill();
            try {
                load.carry(300);
            } finally {
                part.start();
            }
            load.carry(100);
            audit.usageIsExact(Tolerance.AFTER_FAULTS);
        }
        audit.everythingIsExact(Tolerance.AFTER_FAULTS);
    }
}
