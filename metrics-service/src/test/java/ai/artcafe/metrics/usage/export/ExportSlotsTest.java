package ai.artcafe.metrics.usage.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.metrics.usage.export.ExportSlots.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExportSlotsTest {

    private static final TenantId ONE = new TenantId("one");
    private static final TenantId OTHER = new TenantId("other");

    private final ExportSlots slots = new ExportSlots(new Limits(2, 3), new SimpleMeterRegistry());

    private record Limits(int perTenant, int atOnce) implements ExportConfig {
        @Override
        public Duration timeLimit() {
            return Duration.ofMinutes(1);
        }
    }

    @Test
    void aTenantHasItsOwnAndTheServiceSoManyForAll() {
        slots.take(ONE);
        slots.take(ONE);
        refused(ONE, "this tenant");
        slots.take(OTHER);
        refused(OTHER, "As many exports as possible");
    }

    @Test
    void aSlotIsFreeOnceItIsClosedHoweverOften() {
        Slot first = slots.take(ONE);
        slots.take(ONE);
        first.close();
        first.close();

        slots.take(ONE);
        refused(ONE, "this tenant");
    }

    private void refused(TenantId tenant, String why) {
        assertThatThrownBy(() -> slots.take(tenant))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
                            assertThat(problem.members()).containsEntry("retry_after", "10");
                        })
                .hasMessageContaining(why);
    }
}
