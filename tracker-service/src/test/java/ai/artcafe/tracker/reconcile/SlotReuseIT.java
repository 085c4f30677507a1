package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.broker.RawAgent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slot that a deleted tenant was in is another's: with nothing of the one before. */
@Timeout(240)
class SlotReuseIT {

    private static final AgentId ALICE = new AgentId("alice");
    private static final AgentId BOB = new AgentId("bob");
    private static final AgentId CAROL = new AgentId("carol");

    @Test
    void what_the_one_before_sent_is_neither_billed_nor_seen_again() throws Exception {
        try (Scene scene = new Scene(Scene.SETTINGS)) {
            Scene.Place neighbour = scene.place();
            Scene.Place old = scene.place();
            try (RawAgent alice = scene.raw(old, ALICE)) {
                alice.send("PUB tenant.%s.x 5\r\nhello\r\n".formatted(old.tenant()).repeat(50));
                alice.flush();
                scene.endWindow(old, alice);
            }
            scene.vacate(old);
            try (RawAgent carol = scene.raw(neighbour, CAROL)) {
                scene.endWindow(neighbour, carol); // the servers have been asked meanwhile
            }

            Scene.Place next = scene.handOver(old, new TenantId("next"));
            try (RawAgent bob = scene.raw(next, BOB)) {
                scene.endWindow(next, bob);
                scene.endWindow(next, bob);
            }

            Map<String, Long> said = scene.reconciledMessages(next);
            assertThat(said.get("seen" + ReconciledFields.MESSAGES))
                    .isEqualTo(said.get("tap" + ReconciledFields.MESSAGES))
                    .isBetween(1L, 2L);
            assertThat(scene.published(next)).isEqualTo(new Traffic(2, 10));
            assertThat(scene.adjustments(next)).isEmpty();
            assertThat(scene.published(old)).isEqualTo(new Traffic(51, 255));
            assertThat(scene.adjustments(old)).isEmpty();
        }
    }
}
