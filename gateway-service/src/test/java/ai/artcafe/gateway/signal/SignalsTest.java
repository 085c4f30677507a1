package ai.artcafe.gateway.signal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.signal.GatewaySignals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId A1 = new AgentId("a1");
    private static final AgentId A2 = new AgentId("a2");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Signals signals =
            new Signals(
                    new SmallRyeConfigBuilder()
                            .addDiscoveredConverters()
                            .withConverter(
                                    java.time.Duration.class,
                                    200,
                                    new io.quarkus.runtime.configuration.DurationConverter())
                            .withMapping(SignalConfig.class)
                            .withDefaultValues(
                                    Map.of(
                                            "artcafe.gateway.signals.heartbeats", "2",
                                            "artcafe.gateway.signals.heartbeat-bytes", "100",
                                            "artcafe.gateway.signals.frame-bytes", "60",
                                            "artcafe.gateway.signals.error-agents", "1"))
                            .build()
                            .getConfigMapping(SignalConfig.class),
                    new GatewayMeters(registry));

    @Test
    void the_latest_heartbeat_of_each_socket_is_told_once() {
        beat("c1", A1, 1, "{\"n\":1}");
        beat("c1", A1, 2, "{\"n\":2}");
        beat("c2", A1, 3, "{\"n\":3}");

        assertThat(signals.takeHeartbeats())
                .containsExactlyInAnyOrder(
                        heartbeat("c1", 2, Optional.of("{\"n\":2}")),
                        heartbeat("c2", 3, Optional.of("{\"n\":3}")));
        assertThat(signals.takeHeartbeats()).isEmpty();
    }

    @Test
    void of_a_large_frame_only_that_it_came_is_told() {
        beat("c1", A1, 1, "x".repeat(61));

        assertThat(signals.takeHeartbeats()).containsExactly(heartbeat("c1", 1, Optional.empty()));
    }

    @Test
    void frames_take_no_more_memory_than_they_may_and_give_it_back() {
        beat("c1", A1, 1, "x".repeat(60));
        beat("c2", A1, 1, "x".repeat(60));
        assertThat(signals.takeHeartbeats())
                .extracting(GatewaySignals.Heartbeat::frame)
                .containsExactlyInAnyOrder(Optional.of("x".repeat(60)), Optional.empty());

        beat("c1", A1, 2, "x".repeat(60));
        signals.closed("c1");
        beat("c2", A1, 2, "x".repeat(60));
        assertThat(signals.takeHeartbeats())
                .containsExactly(heartbeat("c2", 2, Optional.of("x".repeat(60))));
    }

    @Test
    void sockets_beyond_the_bound_are_dropped_and_counted() {
        beat("c1", A1, 1, "{}");
        beat("c2", A1, 1, "{}");
        beat("c3", A1, 1, "{}");

        assertThat(signals.takeHeartbeats()).hasSize(2);
        assertThat(registry.counter(GatewayMeters.SIGNALS_DROPPED, "kind", "heartbeat").count())
                .isEqualTo(1);
    }

    @Test
    void what_a_closed_socket_said_is_not_told() {
        beat("c1", A1, 1, "{}");
        signals.closed("c1");

        assertThat(signals.takeHeartbeats()).isEmpty();
    }

    @Test
    void errors_are_counted_by_agent_and_for_the_tenant_when_there_are_too_many_agents() {
        signals.failed(ACME, A1, ErrorSignal.REFUSED);
        signals.failed(ACME, A1, ErrorSignal.REFUSED);
        signals.failed(ACME, A2, ErrorSignal.REFUSED);
        signals.failed(ACME, A2, ErrorSignal.REFUSED);
        signals.failed(new TenantId("other"), A2, ErrorSignal.REFUSED);

        assertThat(signals.takeErrors())
                .containsExactlyInAnyOrder(
                        new GatewaySignals.Errors(ACME, Optional.of(A1), ErrorSignal.REFUSED, 2),
                        new GatewaySignals.Errors(ACME, Optional.empty(), ErrorSignal.REFUSED, 2));
        assertThat(signals.takeErrors()).isEmpty();
        assertThat(registry.counter(GatewayMeters.SIGNALS_DROPPED, "kind", "error").count())
                .isEqualTo(1);
    }

    @Test
    void messages_stay_below_the_bus_limit_and_lose_nothing() {
        List<GatewaySignals.Heartbeat> beats =
                java.util.stream.IntStream.range(0, 500)
                        .mapToObj(i -> heartbeat("c" + i, i, Optional.of("\"".repeat(4096))))
                        .toList();
        List<GatewaySignals.Errors> errors =
                List.of(new GatewaySignals.Errors(ACME, Optional.empty(), ErrorSignal.TIMEOUT, 3));

        List<GatewaySignals> batches =
                SignalBatches.of("gw", Instant.EPOCH, beats, errors, 786_432);

        assertThat(batches).hasSizeGreaterThan(4);
        assertThat(batches.stream().flatMap(batch -> batch.heartbeats().stream()))
                .containsExactlyElementsOf(beats);
        assertThat(batches.stream().flatMap(batch -> batch.errors().stream()))
                .containsExactlyElementsOf(errors);
        assertThat(SignalBatches.of("gw", Instant.EPOCH, List.of(), List.of(), 100)).isEmpty();
    }

    private void beat(String connection, AgentId agent, long at, String frame) {
        signals.heard(
                new Signals.Speaker(ACME, agent, connection),
                Signals.Kind.HEARTBEAT,
                at,
                frame.getBytes(StandardCharsets.UTF_8));
    }

    private static GatewaySignals.Heartbeat heartbeat(
            String connection, long at, Optional<String> frame) {
        return new GatewaySignals.Heartbeat(ACME, A1, connection, Instant.ofEpochMilli(at), frame);
    }
}
