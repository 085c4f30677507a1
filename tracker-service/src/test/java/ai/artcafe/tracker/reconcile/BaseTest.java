package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaseTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123Z");
    private static final Testimony SAID =
            new Testimony(
                    new Traffic(1, 2),
                    new Traffic(3, 4),
                    new Traffic(5, 6),
                    new Traffic(7, 8),
                    new Traffic(9, 10));
    private static final Base BASE =
            new Base(
                    AT,
                    Slot.number(7),
                    "tap-1",
                    new Traffic(11, 12),
                    Map.of("N1", "session"),
                    Map.of("N1", SAID),
                    Map.of("N0", new Base.Departed(AT.minusSeconds(60), SAID)),
                    Map.of("gw-1", new GatewayBalance(new Traffic(13, 14), new Traffic(15, 16))));

    @Test
    void is_read_as_it_was_written() {
        assertThat(Base.read(BASE.write())).contains(BASE);
    }

    @Test
    void what_is_not_understood_is_no_base() {
        assertThat(Base.read(Map.of())).isEmpty();
        Map<String, String> fields = new HashMap<>(BASE.write());
        fields.put("slot", "nonsense");
        assertThat(Base.read(fields)).isEmpty();
    }

    @Test
    void a_server_that_comes_back_goes_on_from_where_it_was() {
        assertThat(BASE.of("N1")).isEqualTo(SAID);
        assertThat(BASE.of("N0")).isEqualTo(SAID);
        assertThat(BASE.of("N2")).isEqualTo(Testimony.NONE);
        assertThat(BASE.departedWithout(Map.of("N2", SAID), AT)).containsOnlyKeys("N0", "N1");
        assertThat(BASE.departedWithout(Map.of("N0", SAID), AT)).containsOnlyKeys("N1");
    }
}
