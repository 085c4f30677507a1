package ai.artcafe.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RecentIdsTest {

    private static final AgentId AGENT = new AgentId("agent-7");
    private static final AgentId OTHER = new AgentId("agent-8");
    private static final Duration WINDOW = Duration.ofMinutes(2);

    private Instant now = Instant.parse("2026-11-21T03:31:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final RecentIds ids = new RecentIds(WINDOW, 1000, clock);

    @Test
    void an_id_is_known_for_the_window_whenever_in_it_the_message_came() {
        for (int second = 0; second < 600; second += 7) {
            assertThat(ids.add(AGENT, "id-" + second)).isTrue();
            now = now.plus(WINDOW).minusMillis(1);
            assertThat(ids.add(AGENT, "id-" + second)).isFalse();
            now = now.plusSeconds(7);
        }
    }

    @Test
    void an_id_is_forgotten_after_two_windows() {
        ids.add(AGENT, "id");
        now = now.plus(WINDOW.multipliedBy(2));

        assertThat(ids.add(AGENT, "id")).isTrue();
    }

    @Test
    void under_a_flood_the_newest_are_known() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(ids.add(AGENT, "id-" + i)).isTrue();
            assertThat(ids.add(AGENT, "id-" + Math.max(0, i - 400))).isFalse();
        }
    }

    @Test
    void agents_do_not_share_ids() {
        assertThat(ids.add(AGENT, "id")).isTrue();
        assertThat(ids.add(OTHER, "id")).isTrue();
    }

    @Test
    void an_id_that_was_not_taken_in_may_be_used_again() {
        ids.add(AGENT, "id");
        ids.remove(AGENT, "id");

        assertThat(ids.add(AGENT, "id")).isTrue();
    }
}
