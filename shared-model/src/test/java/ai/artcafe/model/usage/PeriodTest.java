package ai.artcafe.model.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PeriodTest {

    @ParameterizedTest
    @CsvSource({
        "HOURLY,  2026-12-31T23:59:59.999Z, 2026123123, 2026-12-31T23:00:00Z, 2027-01-01T00:00:00Z",
        "DAILY,   2028-02-29T12:00:00Z,     20280229,   2028-02-29T00:00:00Z, 2028-03-01T00:00:00Z",
        "MONTHLY, 2026-02-28T23:59:59Z,     202602,     2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z"
    })
    void boundaries_are_in_utc(
            Period period, Instant at, String label, Instant start, Instant end) {
        assertThat(period.label(at)).isEqualTo(label);
        assertThat(period.start(at)).isEqualTo(start);
        assertThat(period.end(at)).isEqualTo(end);
    }

    @ParameterizedTest
    @EnumSource
    void periods_follow_each_other_without_gap_or_overlap(Period period) {
        Instant end = period.end(Instant.parse("2026-11-21T03:31:00Z"));

        assertThat(period.start(end)).isEqualTo(end);
        assertThat(period.label(end)).isNotEqualTo(period.label(end.minusMillis(1)));
    }

    @Test
    void hours_nest_in_days_and_days_in_months() {
        Instant at = Instant.parse("2026-11-21T03:31:00Z");

        assertThat(Period.HOURLY.label(at)).startsWith(Period.DAILY.label(at));
        assertThat(Period.DAILY.label(at)).startsWith(Period.MONTHLY.label(at));
    }
}
