package ai.artcafe.tracker.tap;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapCounterTest {

    private final TapCounter counter = new TapCounter(20);

    @Test
    void counts_messages_and_bytes_by_slot() {
        assertThat(counter.count("S0001.tenant.acme.x", 10)).isEqualTo(1);
        assertThat(counter.count("S0001.tenant.acme.y", 5)).isEqualTo(1);
        assertThat(counter.count("S0020.globex.x", 1)).isEqualTo(20);

        assertThat(counter.counted(Slot.number(1))).isEqualTo(new Traffic(2, 15));
        assertThat(counter.counted(Slot.number(20))).isEqualTo(new Traffic(1, 1));
        assertThat(counter.messages()).isEqualTo(3);
    }

    @Test
    void what_has_no_known_slot_is_counted_apart() {
        for (String subject : List.of("S0021.x", "S00a1.x", "x", "", "S0001", "TAPPED.x")) {
            assertThat(counter.count(subject, 1)).isZero();
        }

        assertThat(counter.messages()).isEqualTo(6);
        assertThat(counter.counted(Slot.number(1))).isEqualTo(Traffic.NONE);
    }

    @Test
    void control_is_told_from_messages_and_replies() {
        assertThat(counter.count("S0001._HEARTBEAT.tenant.acme.client.a1", 10)).isEqualTo(-1);
        assertThat(counter.count("S0001._INBOX.abc.1", 10)).isEqualTo(1);
        assertThat(counter.count("S0001.tenant.acme._x", 10)).isEqualTo(1);

        assertThat(counter.control(1)).isEqualTo(new Traffic(1, 10));
        assertThat(counter.messages(1)).isEqualTo(new Traffic(2, 20));
        assertThat(counter.counted(Slot.number(1))).isEqualTo(new Traffic(3, 30));
    }

    @Test
    void what_the_server_itself_says_is_no_tenants() {
        assertThat(counter.count("S0001.$SYS.x", 10)).isZero();

        assertThat(counter.counted(Slot.number(1))).isEqualTo(Traffic.NONE);
    }
}
