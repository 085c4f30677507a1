package ai.artcafe.metrics.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.LimitOverrides;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.runtime.store.TenantRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private static final Instant NOW = Instant.parse("2026-12-31T23:59:59Z");

    @Test
    void isOfTheDayAndStartsAnewAtMidnight() {
        Quota quota = Quota.of(on(Plan.FREE), 2_500, Optional.empty(), NOW);

        assertThat(quota.remaining()).hasValue(7_500);
        assertThat(quota.resetsAt()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void whetherItMayBeExceededIsThePlansUnlessTheTenantHasItsOwn() {
        assertThat(Quota.of(on(Plan.FREE), 0, Optional.empty(), NOW).overage()).isFalse();
        assertThat(Quota.of(on(Plan.PROFESSIONAL), 0, Optional.empty(), NOW).overage()).isTrue();
        assertThat(Quota.of(on(Plan.PROFESSIONAL, false), 0, Optional.empty(), NOW).overage())
                .isFalse();
    }

    private static TenantRecord on(Plan plan) {
        return new TenantRecord(new TenantId("acme"), "Acme", plan, Slot.number(1), NOW);
    }

    private static TenantRecord on(Plan plan, boolean overage) {
        LimitOverrides own =
                new LimitOverrides(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(overage));
        return new TenantRecord(
                new TenantId("acme"), "Acme", plan, own, Slot.number(1), TapMode.FULL, NOW);
    }

    @Test
    void nothingRemainsOnceItIsExceeded() {
        assertThat(Quota.of(on(Plan.FREE), 10_001, Optional.empty(), NOW).remaining()).hasValue(0);
    }

    @Test
    void aPlanWithoutLimitHasNone() {
        Quota quota = Quota.of(on(Plan.ENTERPRISE), 10_001, Optional.empty(), NOW);

        assertThat(quota.messages()).isEqualTo(OptionalLong.empty());
        assertThat(quota.remaining()).isEqualTo(OptionalLong.empty());
        assertThat(quota.used()).isEqualTo(10_001);
    }
}
