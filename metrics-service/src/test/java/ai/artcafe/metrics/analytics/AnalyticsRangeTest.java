package ai.artcafe.metrics.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnalyticsRangeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T03:50:05.300Z");

    @Test
    void anHourIsSixtyMinutesThatAreOver() {
        assertThat(period("1h", Tier.PROFESSIONAL))
                .isEqualTo(
                        new AnalyticsRange(
                                FlowSpan.MINUTE,
                                Instant.parse("2026-11-21T02:50:00Z"),
                                Instant.parse("2026-11-21T03:50:00Z")));
        assertThat(period("1h", Tier.PROFESSIONAL).steps()).hasSize(60);
    }

    @Test
    void longerTimesAreHoursOfWhichTheLastIsNotOver() {
        AnalyticsRange day = period("24h", Tier.PROFESSIONAL);
        assertThat(day.steps()).hasSize(24);
        assertThat(day.to()).isEqualTo("2026-11-21T04:00:00Z");
        assertThat(day.completeTo(NOW)).isEqualTo("2026-11-21T03:00:00Z");
        assertThat(period("7d", Tier.PROFESSIONAL).steps()).hasSize(168);
        assertThat(period("30d", Tier.ENTERPRISE).steps()).hasSize(720);
    }

    @Test
    void aDayIsTheDefault() {
        assertThat(parse(null, null, null, Tier.PROFESSIONAL))
                .isEqualTo(period("24h", Tier.PROFESSIONAL));
    }

    @Test
    void upToThreeHoursAreMinutes() {
        assertThat(
                        parse(
                                        null,
                                        "2026-11-20T10:07:00Z",
                                        "2026-11-20T13:07:00Z",
                                        Tier.PROFESSIONAL)
                                .step())
                .isEqualTo(FlowSpan.MINUTE);
        assertThat(parse(null, "2026-11-20", "2026-11-20T04:00:00 01:00", Tier.PROFESSIONAL))
                .isEqualTo(
                        new AnalyticsRange(
                                FlowSpan.MINUTE,
                                Instant.parse("2026-11-20T00:00:00Z"),
                                Instant.parse("2026-11-20T03:00:00Z")));
        assertThat(parse(null, "2026-11-20", "2026-11-21", Tier.PROFESSIONAL).step())
                .isEqualTo(FlowSpan.HOUR);
        assertThat(parse(null, "2026-11-20", null, Tier.PROFESSIONAL).to())
                .isEqualTo("2026-11-21T04:00:00Z");
    }

    @Test
    void eachTierLooksBackAsFarAsItsDetailIsKept() {
        assertRequires("professional", () -> period("1h", Tier.BASIC));
        assertRequires("enterprise", () -> period("30d", Tier.PROFESSIONAL));
        assertRequires(
                "enterprise", () -> parse(null, "2026-11-10", "2026-11-11", Tier.PROFESSIONAL));
        assertInvalid("from", () -> parse(null, "2026-10-01", "2026-10-02", Tier.ENTERPRISE));
        assertThat(parse(null, "2026-11-14T03:00:00Z", null, Tier.PROFESSIONAL).from())
                .isEqualTo("2026-11-14T03:00:00Z");
    }

    @Test
    void whatMakesNoSenseIsRefusedByItsName() {
        Tier tier = Tier.ENTERPRISE;
        assertInvalid("period", () -> period("2h", tier));
        assertInvalid("period", () -> period("", tier));
        assertInvalid("period", () -> parse("1h", "2026-11-20", null, tier));
        assertInvalid("from", () -> parse(null, null, "2026-11-20", tier));
        assertInvalid("from", () -> parse(null, "yesterday", null, tier));
        assertInvalid("from", () -> parse(null, "2026-11-20T10:30:00Z", "2026-11-21", tier));
        assertInvalid("from", () -> parse(null, "2026-11-20T10:30:10Z", null, tier));
        assertInvalid(
                "to", () -> parse(null, "2026-11-20T10:30:00Z", "2026-11-20T10:31:10Z", tier));
        assertInvalid("to", () -> parse(null, "2026-11-20", "2026-11-20", tier));
        assertInvalid("to", () -> parse(null, "2026-11-20", "2026-11-22", tier));
        assertInvalid("from", () -> parse(null, "2026-11-22", null, tier));
        assertInvalid("from", () -> parse(null, "-999999999-01-01", null, tier));
    }

    @Test
    void datesBeginWhereTheirDayDoesInTheZone() {
        AnalyticsRange days =
                parse(
                        null,
                        "2026-11-18",
                        "2026-11-20",
                        ZoneId.of("Europe/Zurich"),
                        Tier.ENTERPRISE);
        assertThat(days.from()).isEqualTo("2026-11-17T23:00:00Z");
        assertThat(days.to()).isEqualTo("2026-11-19T23:00:00Z");
        AnalyticsRange sooner =
                parse(
                        null,
                        "2026-10-25",
                        "2026-10-26",
                        ZoneId.of("Europe/Zurich"),
                        Tier.ENTERPRISE);
        assertThat(sooner.steps()).as("a day of 25 hours").hasSize(25);
    }

    @Test
    void aDateInAZoneThatIsOffByHalfAnHourBeginsWithItsFirstWholeHour() {
        ZoneId kolkata = ZoneId.of("Asia/Kolkata");
        AnalyticsRange day = parse(null, "2026-11-19", "2026-11-20", kolkata, Tier.ENTERPRISE);
        assertThat(day.from()).isEqualTo("2026-11-18T19:00:00Z");
        assertThat(day.to()).isEqualTo("2026-11-19T19:00:00Z");
        assertInvalid(
                "from",
                () ->
                        parse(
                                null,
                                "2026-11-19T00:00:00+05:30",
                                "2026-11-20",
                                kolkata,
                                Tier.ENTERPRISE));
    }

    private static void assertRequires(String tier, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo(ErrorCode.TIER_REQUIRED);
                            assertThat(problem.members()).containsEntry("required_tier", tier);
                        });
    }

    private static void assertInvalid(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                            assertThat(problem.members()).containsEntry("field", field);
                        });
    }

    private static AnalyticsRange period(String period, Tier tier) {
        return parse(period, null, null, tier);
    }

    private static AnalyticsRange parse(
            @Nullable String period, @Nullable String from, @Nullable String to, Tier tier) {
        return parse(period, from, to, ZoneOffset.UTC, tier);
    }

    private static AnalyticsRange parse(
            @Nullable String period,
            @Nullable String from,
            @Nullable String to,
            ZoneId zone,
            Tier tier) {
        return AnalyticsRange.parse(
                Optional.ofNullable(period),
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                zone,
                tier,
                NOW);
    }
}
