package ai.artcafe.metrics.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UsageRangeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T03:50:05.300Z");

    @Test
    void isTodayUnlessToldOtherwise() {
        assertThat(UsageRange.parse(Optional.empty(), Optional.empty(), ZoneOffset.UTC, NOW))
                .isEqualTo(range("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"));
    }

    @Test
    void takesDatesAndTimesOfAnyOffset() {
        assertThat(parse("2026-11-19", "2026-11-20"))
                .isEqualTo(range("2026-11-19T00:00:00Z", "2026-11-20T00:00:00Z"));
        assertThat(parse("2026-11-19T01:00:00+01:00", "2026-11-19T01:00:00Z"))
                .isEqualTo(range("2026-11-19T00:00:00Z", "2026-11-19T01:00:00Z"));
        assertThat(parse("2026-11-19T01:00:00 01:00", "2026-11-19T01:00:00Z"))
                .as("an unescaped plus")
                .isEqualTo(range("2026-11-19T00:00:00Z", "2026-11-19T01:00:00Z"));
    }

    @Test
    void goesUpToTheEndOfThisHourWithoutAnEnd() {
        assertThat(
                        UsageRange.parse(
                                        Optional.of("2026-11-20"),
                                        Optional.empty(),
                                        ZoneOffset.UTC,
                                        NOW)
                                .to())
                .isEqualTo(Instant.parse("2026-11-21T04:00:00Z"));
    }

    @Test
    void refusesWhatCannotBeAnsweredAndNamesTheField() {
        assertThatThrownBy(() -> parse("2026-11-20T00:00:01Z", "2026-11-21"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                            assertThat(problem.members()).containsEntry("field", "from");
                        });
        assertThatThrownBy(() -> parse("2026-11-20", "2026-11-20")).hasMessageContaining("after");
        assertThatThrownBy(() -> parse("2025-10-31", "2026-11-20"))
                .hasMessageContaining("13 months");
        assertThat(parse("2025-11-01", "2026-11-20")).isNotNull();
        assertThatThrownBy(() -> parse("2026-11-20", "2026-12-02")).hasMessageContaining("month");
        assertThatThrownBy(() -> parse("soon", "2026-12-01")).hasMessageContaining("RFC 3339");
        assertThatThrownBy(() -> parse("", "2026-12-01")).hasMessageContaining("RFC 3339");
    }

    @Test
    void isMadeOfTheLargestPeriodsThatFit() {
        assertThat(range("2026-09-29T22:00:00Z", "2026-11-02T01:00:00Z").slices(NOW))
                .containsExactly(
                        slice(Period.HOURLY, "2026-09-29T22:00:00Z"),
                        slice(Period.HOURLY, "2026-09-29T23:00:00Z"),
                        slice(Period.DAILY, "2026-09-30T00:00:00Z"),
                        slice(Period.MONTHLY, "2026-10-01T00:00:00Z"),
                        slice(Period.DAILY, "2026-11-01T00:00:00Z"),
                        slice(Period.HOURLY, "2026-11-02T00:00:00Z"));
    }

    @Test
    void leavesOutWhatIsYetToCome() {
        assertThat(range("2026-11-20T00:00:00Z", "2026-11-25T00:00:00Z").slices(NOW))
                .containsExactly(
                        slice(Period.DAILY, "2026-11-20T00:00:00Z"),
                        slice(Period.DAILY, "2026-11-21T00:00:00Z"));
    }

    @Property
    void theSlicesCoverEachHourOfTheRangeExactlyOnce(
            @ForAll @IntRange(min = 0, max = 9_000) int start,
            @ForAll @IntRange(min = 1, max = 9_000) int hours) {
        Instant from = Instant.parse("2025-11-01T00:00:00Z").plus(Duration.ofHours(start));
        UsageRange range = new UsageRange(from, from.plus(Duration.ofHours(hours)));

        List<Slice> slices = range.slices(range.to());

        Instant at = range.from();
        for (Slice slice : slices) {
            assertThat(slice.start()).isEqualTo(at);
            at = slice.end();
        }
        assertThat(at).isEqualTo(range.to());
        assertThat(slices).hasSizeLessThan(130);
    }

    private static UsageRange parse(String from, String to) {
        return UsageRange.parse(Optional.of(from), Optional.of(to), ZoneOffset.UTC, NOW);
    }

    private static UsageRange range(String from, String to) {
        return new UsageRange(Instant.parse(from), Instant.parse(to));
    }

    private static Slice slice(Period period, String start) {
        return new Slice(period, Instant.parse(start));
    }
}
