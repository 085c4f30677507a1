package ai.artcafe.metrics.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private static final Instant NOW = Instant.parse("2026-12-31T23:59:59Z");

    @Test
    void isOfTheDayAndStartsAnewAtMidnight() {
        Quota quota = Quota.of(Plan.FREE.limits(), 2_500, Optional.empty(), NOW);

        assertThat(quota.remaining()).hasValue(7_500);
        assertThat(quota.resetsAt()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void nothingRemainsOnceItIsExceeded() {
        assertThat(Quota.of(Plan.FREE.limits(), 10_001, Optional.empty(), NOW).remaining())
                .hasValue(0);
    }

    @Test
    void aPlanWithoutLimitHasNone() {
        Quota quota = Quota.of(Plan.ENTERPRISE.limits(), 10_001, Optional.empty(), NOW);

        assertThat(quota.messages()).isEqualTo(OptionalLong.empty());
        assertThat(quota.remaining()).isEqualTo(OptionalLong.empty());
        assertThat(quota.used()).isEqualTo(10_001);
    }
}
