package ai.artcafe.tracker.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.GatewayReadings;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.json.JsonConventions;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.ledger.LedgerModel;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayFeedTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId A1 = new AgentId("a1");

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T03:00:02Z"));
    private final LedgerModel ledger = new LedgerModel();
    private final ObjectMapper json = json();
    private final GatewayFeed feed = new GatewayFeed(ledger, json, clock);

    @Test
    void sockets_are_applied_with_control_apart_and_the_gateway_counts_as_read() throws Exception {
        Instant at = clock.instant().minusMillis(200);
        feed.take(List.of(batch(at, false, new Counters(5, 50, 3, 30, 2, 20), false)));

        assertThat(ledger.totals(ACME, A1).published()).isEqualTo(new Traffic(5, 50));
        assertThat(ledger.totals(ACME, A1).delivered()).isEqualTo(new Traffic(3, 30));
        assertThat(ledger.totals(ACME, A1).control()).isEqualTo(new Traffic(2, 20));
        assertThat(ledger.sources()).containsEntry("g:gw-1.42", at);
    }

    @Test
    void a_batch_that_comes_again_changes_nothing() throws Exception {
        byte[] batch = batch(clock.instant(), false, Counters.of(5, 50, 0, 0), true);
        feed.take(List.of(batch, batch));
        feed.take(List.of(batch));

        assertThat(ledger.totals(ACME, A1).published()).isEqualTo(new Traffic(5, 50));
        assertThat(ledger.totals(ACME, A1).connections()).isEqualTo(1);
        assertThat(ledger.open(ACME, A1)).isZero();
    }

    @Test
    void a_closing_gateway_leaves_the_sources() throws Exception {
        feed.take(List.of(batch(clock.instant(), true, Counters.of(5, 50, 0, 0), true)));

        assertThat(ledger.sources()).isEmpty();
    }

    @Test
    void a_gateway_whose_clock_is_ahead_does_not_promise_the_future() throws Exception {
        feed.take(
                List.of(
                        batch(
                                clock.instant().plusSeconds(60),
                                false,
                                Counters.of(5, 50, 0, 0),
                                false)));

        assertThat(ledger.sources()).containsEntry("g:gw-1.42", clock.instant());
    }

    @Test
    void what_the_ledger_does_not_take_fails() throws Exception {
        byte[] batch = batch(clock.instant(), false, Counters.of(5, 50, 0, 0), false);
        ledger.away(true);

        assertThatThrownBy(() -> feed.take(List.of(batch)))
                .isInstanceOf(LedgerUnavailableException.class);
    }

    @Test
    void what_is_not_a_batch_is_dropped_and_counted_and_does_not_hold_up_the_others()
            throws Exception {
        feed.take(
                List.of(
                        "{".getBytes(StandardCharsets.UTF_8),
                        batch(clock.instant(), false, Counters.of(5, 50, 0, 0), false)));

        assertThat(feed.unreadable()).isEqualTo(1);
        assertThat(ledger.totals(ACME, A1).published()).isEqualTo(new Traffic(5, 50));
    }

    private byte[] batch(Instant at, boolean closing, Counters counters, boolean last)
            throws Exception {
        return json.writeValueAsBytes(
                new GatewayReadings(
                        "gw-1",
                        42,
                        at,
                        closing,
                        List.of(
                                new GatewayReadings.Socket(
                                        "c1", ACME, A1, at.minusSeconds(5), counters, last))));
    }

    private static ObjectMapper json() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.registerModules(new Jdk8Module(), new ParameterNamesModule(), new JavaTimeModule());
        JsonConventions.apply(mapper);
        return mapper;
    }
}
