package ai.artcafe.metrics.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookedTest {

    @Test
    void readsTheFieldsAndTakesAbsentOnesForZero() {
        Booked booked =
                Booked.read(
                        Map.of(
                                "published",
                                "3",
                                "published_bytes",
                                "30",
                                "adjustment_messages",
                                "1"));

        assertThat(booked.totals().published()).isEqualTo(new Traffic(3, 30));
        assertThat(booked.totals().delivered()).isEqualTo(Traffic.NONE);
        assertThat(booked.adjustments()).isEqualTo(new Traffic(1, 0));
        assertThat(Booked.read(Map.of())).isEqualTo(Booked.NOTHING);
    }

    @Test
    void theValueWithMoreProgressIsTheNewer() {
        Booked older = Booked.read(Map.of("published", "3", "progress", "5"));
        Booked newer = Booked.read(Map.of("published", "2", "progress", "6"));

        assertThat(older.newest(newer)).isEqualTo(newer);
        assertThat(newer.newest(older)).isEqualTo(newer);
    }

    @Test
    void recentSecondsAreReadByTheirOwnSecondNotByTheirPlace() {
        RecentSeconds recent = RecentSeconds.parse(List.of("1000:5:50", "880:7:70"));

        assertThat(recent.sum(1000, 60)).isEqualTo(new Traffic(5, 50));
        assertThat(recent.sum(1000, 121)).isEqualTo(new Traffic(12, 120));
    }

    @Test
    void theLedgerIsCompleteAsFarAsItsSlowestSource() {
        Instant slow = Instant.ofEpochSecond(10);
        Instant fast = Instant.ofEpochSecond(20);

        assertThat(Freshness.of(List.of(fast, slow)).completeThrough()).contains(slow);
        assertThat(Freshness.of(List.of(fast, slow)).asOf()).contains(fast);
        assertThat(Freshness.of(List.of()).completeThrough()).isEmpty();
    }
}
