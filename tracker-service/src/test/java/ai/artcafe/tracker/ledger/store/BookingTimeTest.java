package ai.artcafe.tracker.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.usage.BillingPeriod;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.ledger.BillingConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BookingTimeTest {

    private static final BookingTime.Rules RULES = rules(Map.of());

    @Test
    void what_was_read_in_this_hour_or_by_a_clock_ahead_is_booked_in_this_hour() {
        Instant now = Instant.parse("2026-11-21T03:04:05Z");

        for (String observed :
                List.of("2026-11-21T03:00:00Z", "2026-11-21T03:04:05Z", "2026-11-21T05:00:00Z")) {
            assertThat(RULES.at(Instant.parse(observed), now))
                    .isEqualTo(open("2026-11-21T03:00:00Z"));
        }
    }

    @Test
    void what_is_from_an_earlier_hour_is_booked_there() {
        assertThat(at("2026-11-21T02:59:59.999Z", "2026-11-21T03:00:00.100Z"))
                .isEqualTo(open("2026-11-21T02:00:00Z"));
    }

    @Test
    void a_month_takes_in_what_belongs_to_it_until_its_grace_is_over() {
        assertThat(at("2026-11-30T23:30:00Z", "2026-12-03T23:59:59.999Z"))
                .isEqualTo(open("2026-11-30T23:00:00Z"));
        assertThat(at("2026-11-30T23:30:00Z", "2026-12-04T00:00:00Z"))
                .isEqualTo(
                        new BookingTime(
                                Instant.parse("2026-12-04T00:00:00Z"),
                                Optional.of(
                                        new BillingPeriod(Instant.parse("2026-11-01T00:00:00Z")))));
    }

    @Test
    void what_is_older_than_redis_keeps_hours_is_booked_in_the_first_that_is_kept() {
        assertThat(at("2026-11-02T10:30:00Z", "2026-11-28T12:34:00Z"))
                .isEqualTo(open("2026-11-21T12:00:00Z"));
    }

    @Test
    void what_is_that_old_stays_in_its_month() {
        BookingTime.Rules longest = rules(Map.of("artcafe.billing.grace", "7d"));

        assertThat(
                        longest.at(
                                Instant.parse("2026-11-02T10:30:00Z"),
                                Instant.parse("2026-12-07T23:59:59Z")))
                .isEqualTo(open("2026-11-30T23:00:00Z"));
    }

    @Test
    void a_grace_beyond_what_redis_keeps_is_refused() {
        assertThatThrownBy(() -> rules(Map.of("artcafe.billing.grace", "8d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("artcafe.billing.grace");
    }

    private static BookingTime.Rules rules(Map<String, String> settings) {
        return BookingTime.Rules.of(
                Settings.of(LedgerConfig.class), Settings.of(BillingConfig.class, settings));
    }

    private static BookingTime at(String observed, String now) {
        return RULES.at(Instant.parse(observed), Instant.parse(now));
    }

    private static BookingTime open(String hour) {
        return new BookingTime(Instant.parse(hour), Optional.empty());
    }
}
