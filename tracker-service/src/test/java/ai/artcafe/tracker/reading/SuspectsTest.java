package ai.artcafe.tracker.reading;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.Slot;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuspectsTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private final Suspects suspects = new Suspects(10);

    @Test
    void a_slot_that_is_full_of_them_pushes_out_its_own_only() {
        suspects.add(suspect(1, 1));
        for (int cid = 2; cid <= 100; cid++) {
            suspects.add(suspect(cid, 2));
        }

        assertThat(suspects.since(AT))
                .extracting(Suspect::cid)
                .containsExactly(1L, 92L, 93L, 94L, 95L, 96L, 97L, 98L, 99L, 100L);
        assertThat(suspects.forgotten()).isEqualTo(90);
    }

    @Test
    void each_is_kept_once_and_in_the_order_in_which_they_were_seen() {
        suspects.add(suspect(3, 2));
        suspects.add(suspect(1, 1));
        suspects.add(suspect(3, 2));

        assertThat(suspects.since(AT)).extracting(Suspect::cid).containsExactly(3L, 1L);
        assertThat(suspects.since(AT.plusMillis(1))).isEmpty();
    }

    private static Suspect suspect(long cid, int slot) {
        return new Suspect(
                "NSERVER",
                cid,
                Optional.of(Slot.number(slot)),
                Optional.empty(),
                "Protocol Violation",
                AT);
    }
}
