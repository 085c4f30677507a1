package ai.artcafe.tracker.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetirementTest {

    private static final Instant SINCE = Instant.ofEpochMilli(1_000_000_000_000L);
    private static final String QUIET = "1 2 3 4 5 6 999999999999";
    private static final String BUSY = "1 2 3 4 5 6 1000000000000";

    @Test
    void of_a_server_that_is_gone_and_quiet_the_sum_is_dropped() {
        assertThat(Retirement.of(Map.of("sum:n:N1", QUIET), Set.of(), SINCE))
                .containsExactly(new Retirement(Optional.empty(), Map.of("sum:n:N1", QUIET)));
        assertThat(Retirement.of(Map.of("sum:n:N1", BUSY), Set.of(), SINCE)).isEmpty();
        assertThat(Retirement.of(Map.of("sum:n:N1", QUIET), Set.of("n:N1"), SINCE)).isEmpty();
    }

    @Test
    void of_a_gateway_that_lives_former_runs_and_former_servers_are_put_together() {
        assertThat(
                        Retirement.of(
                                Map.of(
                                        "sum:g:gw-1.41", QUIET,
                                        "sum:g:gw-1.42", QUIET,
                                        "sum:g:gw-1.43", BUSY,
                                        "link:n:N1/gw-1", QUIET,
                                        "link:n:N2/gw-1", QUIET,
                                        "claim:g:gw-1", "1 2 0"),
                                Set.of("g:gw-1.43", "n:N2"),
                                SINCE))
                .containsExactlyInAnyOrder(
                        new Retirement(
                                Optional.of("sum:g:gw-1.0"),
                                Map.of("sum:g:gw-1.41", QUIET, "sum:g:gw-1.42", QUIET)),
                        new Retirement(
                                Optional.of("link:n:gone/gw-1"), Map.of("link:n:N1/gw-1", QUIET)));
    }

    @Test
    void of_a_gateway_that_is_gone_everything_goes_at_once_or_nothing() {
        Map<String, String> quiet =
                Map.of(
                        "sum:g:gw-1.41", QUIET,
                        "sum:g:gw-1.0", QUIET,
                        "link:n:N1/gw-1", QUIET,
                        "claim:g:gw-1", "1 2 0");

        assertThat(Retirement.of(quiet, Set.of("n:N1", "g:gw-12.1"), SINCE))
                .containsExactly(new Retirement(Optional.empty(), quiet));
        assertThat(
                        Retirement.of(
                                Map.of("sum:g:gw-1.0", QUIET, "link:n:N1/gw-1", BUSY),
                                Set.of("n:N1"),
                                SINCE))
                .isEmpty();
    }

    @Test
    void what_a_source_that_is_gone_is_refused_is_forgotten_in_the_end() {
        String recent = Long.toString(SINCE.toEpochMilli() - 1);
        String old = Long.toString(SINCE.minusSeconds(8 * 86_400 + 1).toEpochMilli());

        assertThat(Retirement.of(Map.of("settled:n:N1", old), Set.of(), SINCE)).hasSize(1);
        assertThat(Retirement.of(Map.of("settled:n:N1", recent), Set.of(), SINCE)).isEmpty();
        assertThat(Retirement.of(Map.of("settled:n:N1", old), Set.of("n:N1"), SINCE)).isEmpty();
    }

    @Test
    void other_facts_stay() {
        assertThat(
                        Retirement.of(
                                Map.of(
                                        "restored", "1",
                                        "revision", "7",
                                        "window", "3",
                                        "base:n:N1", "1",
                                        "claim:c:x", "1 2 0",
                                        "strike:a1", "2"),
                                Set.of(),
                                SINCE))
                .isEmpty();
    }
}
