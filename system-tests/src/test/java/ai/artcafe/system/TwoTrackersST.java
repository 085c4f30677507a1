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
 * Two trackers count the same load, and the totals are those of one: hours add up to days, days to
 * months, agents to their tenant, tenants to the platform.
 */
class TwoTrackersST {

    private final Platform platform = BreakablePlatform.platform();
    private final BackingService first = platform.service(Service.TRACKER, 1);
    private final BackingService second = platform.service(Service.TRACKER, 2);
    private TruthfulLoad load;
    private Audit audit;

    @BeforeEach
    void begin() {
        second.start();
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
        first.start();
        second.stop();
    }

    @Test
    void two_trackers_count_as_one_and_one_of_them_may_be_killed() {
        audit.everythingIsExact(Tolerance.NONE);

        load.carry(500);
        first.kill();
        load.carry(500);
        audit.usageIsExact(Tolerance.AFTER_FAULTS);

        first.start();
        load.carry(500);
        audit.everythingIsExact(Tolerance.AFTER_FAULTS);
    }
}
