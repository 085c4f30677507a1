package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    /** Messages of 100 bytes, with 104 bytes of headers on the link. */
    private static GatewayCheck.Told told(long onLink, long atSockets) {
        return new GatewayCheck.Told(
                NOW,
                Map.of(
                        "gw",
                        new GatewayBalance(
                                new Traffic(onLink, onLink * 204),
                                new Traffic(atSockets, atSockets * 100))));
    }

    @Test
    void what_a_gateway_lost_that_was_never_at_rest_is_booked_without_its_headers() {
        GatewayCheck.Told dead = told(110, 100);

        GatewayCheck.Outcome outcome = GatewayCheck.check(Map.of(), Map.of(), dead, dead, dead);

        assertThat(outcome.claims())
                .singleElement()
                .satisfies(claim -> assertThat(claim.amount()).isEqualTo(new Traffic(10, 1000)));
    }

    @Test
    void what_was_even_is_not_booked() {
        GatewayCheck.Told even = told(100, 100);

        GatewayCheck.Outcome outcome = GatewayCheck.check(Map.of(), Map.of(), even, even, even);

        assertThat(outcome.claims()).isEmpty();
        assertThat(outcome.even()).isEqualTo(even.gateways());
    }
}
