package ai.artcafe.tracker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReadingsMergePropertyTest {

    @Property
    void any_order_repetition_and_split_of_readings_gives_the_same_ledger(
            @ForAll("histories") List<Observed> readings, @ForAll Random random) {
        LedgerModel inOrder = new LedgerModel();
        inOrder.apply(List.of(ReadingHistories.batch(readings)));

        LedgerModel disordered = new LedgerModel();
        ReadingHistories.disorder(readings, random)
                .forEach(batch -> disordered.apply(List.of(batch)));

        assertThat(disordered.state()).isEqualTo(inOrder.state());
    }

    @Property
    void the_last_reading_alone_gives_the_same_totals_as_all_of_them(
            @ForAll("histories") List<Observed> readings) {
        LedgerModel all = new LedgerModel();
        all.apply(List.of(ReadingHistories.batch(readings)));

        LedgerModel latest = new LedgerModel();
        latest.apply(
                List.of(
                        ReadingHistories.batch(
                                readings.stream()
                                        .filter(observed -> isLatest(observed, readings))
                                        .toList())));

        assertThat(latest.state()).isEqualTo(all.state());
    }

    private static boolean isLatest(Observed observed, List<Observed> readings) {
        return readings.stream()
                        .filter(other ->
                                other.reading()
                                        .connection()
                                        .equals(observed.reading().connection()))
                        .reduce((_, last) -> last)
                        .orElseThrow()
                == observed;
    }

    @Provide
    Arbitrary<List<Observed>> histories() {
        return ReadingHistories.histories();
    }
}
