package ai.artcafe.metrics.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconciledTest {

    @Test
    void nothingDriftsWhereTheWitnessesAgree() {
        assertThat(day(100, 100, 100, 100, 0, 0).drift()).isEqualTo(Traffic.NONE);
    }

    @Test
    void refusedPublishesExplainWhatTheTapWasNotHanded() {
        assertThat(day(100, 100, 90, 100, 10, 0).drift()).isEqualTo(Traffic.NONE);
        assertThat(day(100, 100, 90, 100, 0, 0).drift()).isEqualTo(Traffic.NONE);
    }

    @Test
    void anAdjustmentExplainsWhatWasHiddenOrLost() {
        assertThat(day(15, 15, 20, 15, 0, 5).drift()).isEqualTo(Traffic.NONE);
        assertThat(day(10, 12, 12, 10, 0, 2).drift()).isEqualTo(Traffic.NONE);
    }

    @Test
    void hiddenAndLostInOneDayAddUpEvenWhereTheTapSawOnlyTheOne() {
        assertThat(day(25, 27, 20, 15, 0, 7).drift()).isEqualTo(Traffic.NONE);
    }

    @Test
    void whatIsPublishedAndNotBookedIsPositive() {
        assertThat(day(15, 15, 20, 15, 0, 0).drift()).isEqualTo(new Traffic(5, 50));
        assertThat(day(10, 12, 10, 10, 0, 0).drift()).isEqualTo(new Traffic(2, 20));
    }

    @Test
    void whatIsBookedAndNotPublishedIsNegative() {
        assertThat(day(10, 10, 10, 10, 0, 4).drift()).isEqualTo(new Traffic(-4, -40));
        assertThat(day(15, 15, 20, 15, 0, 9).drift()).isEqualTo(new Traffic(-4, -40));
    }

    @Test
    void coverageIsNeverRoundedUpToAll() {
        Map<String, String> fields = new HashMap<>();
        fields.put("tap_messages", "1000000000");
        fields.put("seen_messages", "999999999");

        assertThat(Reconciled.read(fields).coverage()).contains(0.999999);
        assertThat(Reconciled.NOTHING.coverage()).isEmpty();
    }

    @Test
    void daysAddUpAndTheLatestOneSettlesLast() {
        Reconciled both = day(10, 10, 10, 10, 0, 0).plus(day(5, 6, 6, 5, 0, 0));

        assertThat(both.ledger()).isEqualTo(new Traffic(15, 150));
        assertThat(both.drift()).isEqualTo(new Traffic(1, 10));
        assertThat(both.settledThrough()).contains(Instant.ofEpochMilli(1_000));
        assertThat(both.plus(Reconciled.NOTHING).settledThrough())
                .contains(Instant.ofEpochMilli(1_000));
    }

    private static Reconciled day(
            long ledger, long server, long tap, long tapped, long refused, long adjusted) {
        Map<String, String> fields = new HashMap<>();
        fields.put("settled_through", "1000");
        put(fields, "ledger", ledger);
        put(fields, "server", server);
        put(fields, "tap", tap);
        put(fields, "seen", tap);
        put(fields, "tapped_ledger", tapped);
        put(fields, "refused", refused);
        put(fields, "adjusted", adjusted);
        return Reconciled.read(fields);
    }

    private static void put(Map<String, String> fields, String name, long messages) {
        fields.put(name + "_messages", Long.toString(messages));
        fields.put(name + "_bytes", Long.toString(messages * 10));
    }
}
