package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.system.Audit.Tolerance;
import ai.artcafe.system.load.TruthfulLoad;
import org.junit.jupiter.api.Test;

/** Nothing breaks, and the platform's count is the load's own, to the message and byte. */
class DifferentialST {

    @Test
    void a_random_load_at_both_doors_is_counted_as_its_agents_count_it() {
        try (TruthfulLoad load =
                        TruthfulLoad.begin(
                                BreakablePlatform.platform(),
                                TruthfulLoad.Plan.modest(BreakablePlatform.newTenants(3))
                                        .whereNothingIsLost());
                Audit audit =
                        Audit.of(load, BreakablePlatform.platform(), BreakablePlatform.api())) {
            load.carry(3_000);
            audit.usageIsExact(Tolerance.NONE);
            load.carry(3_000);
            audit.everythingIsExact(Tolerance.NONE);

            load.rest();
            assertThat(load.lossyRounds()).as("rounds in which a message was lost").isZero();
            load.resume();
        }
    }
}
