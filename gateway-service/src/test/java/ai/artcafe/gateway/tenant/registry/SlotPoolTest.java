package ai.artcafe.gateway.tenant.registry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.tenant.registry.SlotPool.Rest;
import ai.artcafe.gateway.tenant.registry.SlotPool.Taken;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.runtime.store.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SlotPoolTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final SlotPool pool = new SlotPool(4);

    @Test
    void whoeverIsThereStays() {
        assertThat(pool.free(List.of(occupied(1), occupied(3)), NOW))
                .containsExactly(Slot.number(2), Slot.number(4));
    }

    @Test
    void aSlotRestsBeforeAnotherGetsIt() {
        List<Taken> taken =
                List.of(occupied(1), resting(2, NOW.plusSeconds(1)), occupied(3), occupied(4));

        assertThat(pool.free(taken, NOW)).isEmpty();
        assertThat(pool.free(taken, NOW.plusSeconds(1))).containsExactly(Slot.number(2));
    }

    @Test
    void thoseThatNobodyWasInComeFirstThenThoseThatHaveRestedLongest() {
        List<Taken> taken =
                List.of(
                        resting(1, NOW.minusSeconds(5)),
                        resting(2, NOW.minusSeconds(60)),
                        occupied(3));

        assertThat(pool.free(taken, NOW))
                .containsExactly(Slot.number(4), Slot.number(2), Slot.number(1));
    }

    @Test
    void theOldTenantKeepsItForLongerThanReadingsAreLateAndThenItIsNobodysForADay() {
        Rest rest = Rest.from(NOW, Duration.ofDays(4));

        assertThat(rest.keptUntil()).isEqualTo(NOW.plus(Duration.ofDays(3)));
        assertThat(rest.freeFrom()).isEqualTo(NOW.plus(Duration.ofDays(4)));
    }

    @Test
    void anItemSaysWhoseItIs() {
        Map<String, AttributeValue> resting =
                Map.of(
                        "sk",
                        AttributeValue.fromS("S0002"),
                        TenantKeys.FREE_FROM,
                        AttributeValue.fromN(Long.toString(NOW.getEpochSecond())));

        assertThat(Taken.read(new Item(resting))).contains(resting(2, NOW));
        assertThat(Taken.read(new Item(Map.of("sk", AttributeValue.fromS("S0001")))))
                .contains(occupied(1));
        assertThat(Taken.read(new Item(Map.of("sk", AttributeValue.fromS("else"))))).isEmpty();
    }

    private static Taken occupied(int number) {
        return new Taken(Slot.number(number), Optional.empty());
    }

    private static Taken resting(int number, Instant freeFrom) {
        return new Taken(Slot.number(number), Optional.of(freeFrom));
    }
}
