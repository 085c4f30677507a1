package ai.artcafe.metrics.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.problem.ProblemException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTimeTest {

    @Test
    void aDateBeginsWhereItsDayDoesInTheZone() {
        ZoneId zurich = QueryTime.zone(Optional.of("Europe/Zurich"));

        assertThat(QueryTime.parse("from", "2026-11-21", zurich))
                .isEqualTo(Instant.parse("2026-11-20T23:00:00Z"));
        assertThat(QueryTime.parse("from", "2026-07-01", zurich))
                .isEqualTo(Instant.parse("2026-06-30T22:00:00Z"));
    }

    @Test
    void aTimeSaysItsOffsetItself() {
        ZoneId zurich = QueryTime.zone(Optional.of("Europe/Zurich"));

        assertThat(QueryTime.parse("from", "2026-11-21T03:00:00 05:30", zurich))
                .isEqualTo(Instant.parse("2026-11-20T21:30:00Z"));
    }

    @Test
    void daysAreThoseOfUtcUnlessAskedOtherwise() {
        assertThat(QueryTime.zone(Optional.empty())).isEqualTo(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Zurich", "+25:00", "Europe/zurich", "../../etc/localtime"})
    void refusesWhatIsNoZone(String name) {
        assertThatThrownBy(() -> QueryTime.zone(Optional.of(name)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("time_zone");
    }
}
