package ai.artcafe.model.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CountersPropertyTest {

    @Property
    void merging_is_associative_commutative_and_idempotent(
            @ForAll("counters") Counters a,
            @ForAll("counters") Counters b,
            @ForAll("counters") Counters c) {
        assertThat(a.max(b)).isEqualTo(b.max(a));
        assertThat(a.max(b).max(c)).isEqualTo(a.max(b.max(c)));
        assertThat(a.max(a)).isEqualTo(a);
        assertThat(a.max(Counters.ZERO)).isEqualTo(a);
    }

    @Provide
    Arbitrary<Counters> counters() {
        Arbitrary<Long> number = Arbitraries.longs().between(0, 1L << 53);
        return Combinators.combine(List.of(number, number, number, number, number, number))
                .as(n -> new Counters(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5)));
    }
}
