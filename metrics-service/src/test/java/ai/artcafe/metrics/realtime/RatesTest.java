package ai.artcafe.metrics.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.RecentSeconds;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final Instant AS_OF = Instant.parse("2026-11-21T03:00:10.999Z");
    private static final long LAST_FULL = AS_OF.getEpochSecond() - 1;

    private final Map<Long, Traffic> seconds = new HashMap<>();

    @Test
    void theLastFullSecondIsTheOneBeforeTheLatestReading() {
        seconds.put(LAST_FULL, new Traffic(5, 500));
        seconds.put(LAST_FULL + 1, new Traffic(90, 9_000));

        assertThat(rates().messagesPerSecond()).contains(5L);
        assertThat(rates().bytesPerSecond()).contains(500L);
    }

    @Test
    void theMeanIsOverSixtySecondsHoweverManyOfThemWereSilent() {
        seconds.put(LAST_FULL, new Traffic(30, 0));
        seconds.put(LAST_FULL - 59, new Traffic(31, 0));
        seconds.put(LAST_FULL - 60, new Traffic(1_000, 0));

        assertThat(rates().messagesPerSecond1m()).contains(1.02);
    }

    @Test
    void aSilentSecondIsZero() {
        assertThat(rates())
                .isEqualTo(
                        new Rates(
                                Optional.of(Rates.Source.LEDGER),
                                Optional.of(0L),
                                Optional.of(0L),
                                Optional.of(0.0),
                                Optional.empty()));
    }

    @Test
    void ratesAreUnknownBeforeTheFirstReading() {
        Freshness nothing = new Freshness(Optional.empty(), Optional.empty());

        assertThat(Rates.ofLedger(new RecentSeconds(Map.of()), nothing)).isEqualTo(Rates.UNKNOWN);
    }

    @Test
    void fiveMinutesAreToldWhereTheTapsListenedToThem() {
        seconds.put(LAST_FULL - 299, new Traffic(600, 0));
        seconds.put(LAST_FULL - 300, new Traffic(9_999, 0));

        Rates rates = Rates.ofTap(new RecentSeconds(seconds), AS_OF, true);

        assertThat(rates.messagesPerSecond5m()).contains(2.0);
        assertThat(rates.source()).contains(Rates.Source.TAP);
        assertThat(Rates.ofTap(new RecentSeconds(seconds), AS_OF, false).messagesPerSecond5m())
                .isEmpty();
    }

    private Rates rates() {
        return Rates.ofLedger(
                new RecentSeconds(seconds), new Freshness(Optional.of(AS_OF), Optional.of(AS_OF)));
    }
}
