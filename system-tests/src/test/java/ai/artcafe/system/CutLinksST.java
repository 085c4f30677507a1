package ai.artcafe.system;

import ai.artcafe.system.Audit.Tolerance;
import ai.artcafe.system.fault.Cut;
import ai.artcafe.system.fault.TcpProxy;
import ai.artcafe.system.load.TruthfulLoad;
import ai.artcafe.system.platform.Link;
import ai.artcafe.system.platform.Platform;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The network between two parts is cut for some seconds in the middle of the load, both ways that a
 * network fails, and once it is back nothing is lost and nothing has been counted twice.
 */
class CutLinksST {

    private static final Duration CUT = Duration.ofSeconds(2);

    private final Platform platform = BreakablePlatform.platform();

    @ParameterizedTest
    @EnumSource
    void a_link_may_be_cut(Link link) {
        try (TruthfulLoad load =
                        TruthfulLoad.begin(
                                platform,
                                TruthfulLoad.Plan.modest(BreakablePlatform.newTenants(2)));
                Audit audit = Audit.of(load, platform, BreakablePlatform.api())) {
            TcpProxy proxy = platform.link(link);
            load.carry(300);
            for (Cut how : Cut.values()) {
                proxy.cut(how);
                try {
                    pass(CUT);
                } finally {
                    proxy.restore();
                }
                load.carry(200);
            }
            audit.everythingIsExact(Tolerance.AFTER_FAULTS);
        }
    }

    /** A cut is nothing to wait for: it has to last. */
    private static void pass(Duration time) {
        Awaitility.await().pollDelay(time).until(() -> true);
    }
}
