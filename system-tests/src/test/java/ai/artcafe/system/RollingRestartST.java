package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.stack.BackingService;
import ai.artcafe.system.Audit.Tolerance;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways are restarted one after the other while agents talk through both of them. */
class RollingRestartST {

    private static final int TENANTS = 3;
    private static final int SPEAKERS = 4;

    private final Platform platform = BreakablePlatform.platform();
    private final BackingService first = platform.service(Service.GATEWAY, 1);
    private final BackingService second = platform.service(Service.GATEWAY, 2);
    private final Api api = BreakablePlatform.api();
    private RestartLoad load;
    private Audit audit;

    @BeforeEach
    void begin() throws Exception {
        second.start();
        load = RestartLoad.begin(platform, BreakablePlatform.newTenants(TENANTS), SPEAKERS);
        audit = Audit.of(load, platform, api);
    }

    @AfterEach
    void end() {
        load.close();
        audit.close();
        first.start();
        second.stop();
    }

    @Test
    void no_acknowledged_message_is_lost_and_each_counts_once() {
        load.carry(50);

        restart(first);
        restart(second);

        audit.everythingIsExact(Tolerance.NONE);
        load.rest();
        Instant rested = Instant.now();
        assertThat(load.tenants()).allSatisfy(tenant -> assertThat(tenant.lost()).isEmpty());
        assertThat(load.speakers())
                .allSatisfy(speaker -> {
                    // who began at the second gateway was sent away by that one only
                    assertThat(speaker.moves()).isBetween(1L, 2L);
                    assertThat(speaker.hints())
                            .hasSize((int) speaker.moves())
                            .allMatch(hint -> hint > 0);
                });
        load.tenants().forEach(tenant -> Witnesses.awaitAgreement(api, tenant.id(), rested));
        load.resume();
    }

    /** All agents are on the other gateway when the next one is restarted. */
    private void restart(BackingService gateway) {
        gateway.stop();
        load.carry(50);
        gateway.start();
        load.awaitListeners();
        load.carry(25);
    }
}
