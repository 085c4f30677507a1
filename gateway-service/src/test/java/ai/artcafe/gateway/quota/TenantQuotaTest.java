package ai.artcafe.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantQuotaTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2026-11-22T00:00:01Z");

    private final TenantQuota quota = quota(allowance(1000, false));

    private static TenantQuota.Allowance allowance(long messagesPerDay, boolean beyond) {
        return new TenantQuota.Allowance(
                new PlanLimits(5, 2, 10, 20, messagesPerDay, 65_536), beyond);
    }

    private static TenantQuota quota(TenantQuota.Allowance allowance) {
        return new TenantQuota(new TenantId("acme"), allowance, Duration.ofSeconds(10));
    }

    @Test
    void nothing_is_said_and_nothing_refused_before_anything_is_known() {
        quota.published();

        assertThat(quota.usage(NOON).messages()).isEmpty();
        assertThat(quota.usage(NOON).stale()).isTrue();
        assertThat(quota.usage(NOON).remaining()).isEmpty();
        assertThat(quota.isUsedUp(NOON.toEpochMilli())).isFalse();
    }

    @Test
    void what_passes_after_the_figure_was_read_is_added_to_it() {
        read(998, NOON);
        quota.published();

        assertThat(quota.usage(NOON).messages()).hasValue(999);
        assertThat(quota.usage(NOON).remaining()).hasValue(1);
        assertThat(quota.isUsedUp(NOON.toEpochMilli())).isFalse();

        quota.published(1); // by another gateway
        assertThat(quota.usage(NOON).remaining()).hasValue(0);
        assertThat(quota.isUsedUp(NOON.toEpochMilli())).isTrue();
    }

    @Test
    void a_figure_that_is_no_newer_does_not_forget_what_has_passed() {
        read(500, NOON);
        quota.published();
        quota.read(500, NOON, quota.mark(), NOON.plusSeconds(1));

        assertThat(quota.usage(NOON).messages()).hasValue(501);

        quota.read(501, NOON.plusSeconds(1), quota.mark(), NOON.plusSeconds(1));
        assertThat(quota.usage(NOON).messages()).hasValue(501);
    }

    @Test
    void while_the_figures_are_away_the_last_one_holds_and_is_called_stale() {
        read(990, NOON);
        quota.published(10);
        quota.unread(NOON.plusSeconds(11));

        assertThat(quota.usage(NOON.plusSeconds(9)).stale()).isFalse();
        assertThat(quota.usage(NOON.plusSeconds(11)).stale()).isTrue();
        assertThat(quota.isUsedUp(NOON.plusSeconds(11).toEpochMilli())).isTrue();
    }

    @Test
    void the_day_ends_at_midnight() {
        read(5000, NOON);
        assertThat(quota.isUsedUp(NOON.toEpochMilli())).isTrue();
        assertThat(TenantQuota.untilReset(NOON.toEpochMilli()))
                .isEqualTo(Duration.ofHours(12).toMillis());
        assertThat(quota.isUsedUp(NEXT_DAY.toEpochMilli())).isFalse();

        quota.unread(NEXT_DAY);
        quota.published(3);
        assertThat(quota.usage(NEXT_DAY).messages()).hasValue(3);
        assertThat(quota.usage(NEXT_DAY).stale()).isFalse();
    }

    @Test
    void each_level_is_told_once_a_day() {
        assertThat(levelsAt(799)).isEmpty();
        assertThat(levelsAt(800)).containsExactly(80);
        assertThat(levelsAt(850)).isEmpty();
        assertThat(levelsAt(1200)).containsExactly(90, 100);
        assertThat(levelsAt(1201)).isEmpty();

        quota.read(900, NEXT_DAY, quota.mark(), NEXT_DAY);
        assertThat(quota.newlyReached(quota.usage(NEXT_DAY))).containsExactly(80, 90);
    }

    @Test
    void who_comes_later_is_told_the_level_that_the_others_know() {
        List<Integer> told = new ArrayList<>();
        quota.add((percent, _) -> told.add(percent), NOON);
        levelsAt(930);
        quota.add((percent, _) -> told.add(percent), NOON);

        assertThat(told).containsExactly(90);
    }

    @Test
    void a_larger_quota_is_told_of_anew_when_it_is_reached() {
        levelsAt(1000);
        quota.allow(allowance(2000, false), NOON);

        assertThat(quota.isUsedUp(NOON.toEpochMilli())).isFalse();
        assertThat(levelsAt(1600)).containsExactly(80);
    }

    @Test
    void who_may_go_beyond_is_told_and_not_refused() {
        TenantQuota generous = quota(allowance(1000, true));
        generous.read(2000, NOON, 0, NOON);

        assertThat(generous.isUsedUp(NOON.toEpochMilli())).isFalse();
        assertThat(generous.newlyReached(generous.usage(NOON))).containsExactly(80, 90, 100);
    }

    @Test
    void without_a_limit_there_is_nothing_to_reach() {
        TenantQuota unlimited = quota(allowance(PlanLimits.UNLIMITED, false));
        unlimited.read(Long.MAX_VALUE / 2, NOON, 0, NOON);

        assertThat(unlimited.isUsedUp(NOON.toEpochMilli())).isFalse();
        assertThat(unlimited.newlyReached(unlimited.usage(NOON))).isEmpty();
        assertThat(unlimited.usage(NOON).remaining()).isEmpty();
    }

    private int[] levelsAt(long messages) {
        read(messages, NOON.plusMillis(messages));
        return quota.newlyReached(quota.usage(NOON));
    }

    private void read(long messages, Instant asOf) {
        quota.read(messages, asOf, quota.mark(), asOf);
    }
}
