package ai.artcafe.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T04:05:06Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Arrivals arrivals =
            new Arrivals(2, new GatewayIdentity("gw-1", 1), new GatewayMeters(meters), clock);

    @Test
    void anAgentThatConnectsAgainAndAgainIsLookedAtNonetheless() {
        for (int i = 0; i < 10; i++) {
            arrivals.nats(agent("flapping"), "NATS1");
            clock.advance(SECOND);
        }

        List<Arrival> due = arrivals.before(clock.instant().minus(SECOND));

        assertThat(due).hasSize(1);
        assertThat(due.getFirst().at()).isEqualTo(clock.instant().minusSeconds(10));
    }

    @Test
    void whatCameWhileItWasLookedAtIsLookedAtAgain() {
        arrivals.nats(agent("worker"), "NATS1");
        clock.advance(SECOND);
        arrivals.nats(agent("worker"), "NATS1");
        Arrival first = arrivals.before(clock.instant()).getFirst();

        arrivals.done(first);

        assertThat(arrivals.before(clock.instant()))
                .singleElement()
                .satisfies(again -> assertThat(again.at()).isEqualTo(clock.instant()));
        arrivals.done(arrivals.before(clock.instant()).getFirst());
        assertThat(arrivals.size()).isZero();
    }

    @Test
    void beyondTheRoomNothingIsRememberedAndThatIsCounted() {
        for (String agent : List.of("a", "b", "c", "a")) {
            arrivals.nats(agent(agent), "NATS1");
        }

        assertThat(arrivals.size()).isEqualTo(2);
        assertThat(meters.counter(GatewayMeters.ARRIVALS, "outcome", GatewayMeters.NO_ROOM).count())
                .isEqualTo(1);
    }

    @Test
    void aSocketOfAnAgentWithoutAnNkeyCannotHaveCompanyAtTheNatsDoor() {
        arrivals.socket(FakeSocket.agent("worker", Optional.empty(), Agent.Status.ACTIVE));

        assertThat(arrivals.size()).isZero();
    }

    private static ConnectionOwner.Agent agent(String id) {
        return new ConnectionOwner.Agent(new TenantId("acme"), new AgentId(id));
    }
}
