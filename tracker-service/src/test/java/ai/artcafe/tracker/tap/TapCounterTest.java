package ai.artcafe.tracker.tap;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.TestClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapCounterTest {

    private final List<String> control = new ArrayList<>();
    private final TapCounter counter = new TapCounter(20, (subject, _) -> control.add(subject));

    @Test
    void counts_messages_and_bytes_by_slot() {
        counter.count("S0001.tenant.acme.x", 10);
        counter.count("S0001.tenant.acme.y", 5);
        counter.count("S0020.globex.x", 1);

        assertThat(counter.counted(Slot.number(1))).isEqualTo(new Traffic(2, 15));
        assertThat(counter.counted(Slot.number(20))).isEqualTo(new Traffic(1, 1));
        assertThat(counter.messages()).isEqualTo(3);
    }

    @Test
    void what_has_no_known_slot_is_counted_apart() {
        for (String subject : List.of("S0021.x", "S00a1.x", "x", "", "S0001", "TAPPED.x")) {
            counter.count(subject, 1);
        }

        assertThat(counter.messages()).isEqualTo(6);
        assertThat(counter.counted(Slot.number(1))).isEqualTo(Traffic.NONE);
    }

    @Test
    void only_control_subjects_are_looked_at_closer() {
        counter.count("S0001._HEARTBEAT.tenant.acme.client.a1", 10);
        counter.count("S0001._INBOX.abc.1", 10);
        counter.count("S0001.tenant.acme._x", 10);

        assertThat(control).containsExactly("_HEARTBEAT.tenant.acme.client.a1");
        assertThat(counter.counted(Slot.number(1)).messages()).isEqualTo(3);
    }

    @Test
    void windows_have_neither_gap_nor_overlap() {
        TestClock clock = new TestClock(Instant.EPOCH);
        TapCounter second = new TapCounter(20, (_, _) -> {});
        TapWindows windows = new TapWindows(List.of(counter, second), clock);
        counter.count("S0001.x", 10);
        second.count("S0001.y", 1);
        clock.set(Instant.EPOCH.plusMillis(250));

        TapWindow first = windows.cut();
        assertThat(first.slots()).containsOnlyKeys(Slot.number(1));
        assertThat(first.total()).isEqualTo(new Traffic(2, 11));
        assertThat(first.from()).isEqualTo(Instant.EPOCH);

        TapWindow empty = windows.cut();
        assertThat(empty.slots()).isEmpty();
        assertThat(empty.from()).isEqualTo(first.to());
    }
}
