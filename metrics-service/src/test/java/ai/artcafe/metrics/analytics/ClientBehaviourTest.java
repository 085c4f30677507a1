package ai.artcafe.metrics.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientBehaviourTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final AgentId AGENT = new AgentId("one");
    private static final ClientRequests NO_REQUESTS =
            new ClientRequests(START, START, Optional.empty(), Optional.empty());

    @Test
    void usualHoursAreThoseOfHalfTheDaysInTheZone() {
        // every day at 9, every second day at 10, every third at 11, by UTC
        ClientBehaviour behaviour =
                behaviour(
                        24 * 6,
                        hour ->
                                switch (hour % 24) {
                                    case 9 -> 30;
                                    case 10 -> hour / 24 % 2 == 0 ? 10 : 0;
                                    case 11 -> hour / 24 % 3 == 0 ? 5 : 0;
                                    default -> 0;
                                },
                        ZoneId.of("Asia/Tokyo"));

        assertThat(behaviour.usualHours()).contains(List.of(18, 19));
        assertThat(behaviour.activeHours()).isEqualTo(6 + 3 + 2);
        assertThat(behaviour.hours()).isEqualTo(144);
        assertThat(behaviour.hourly()).contains(new ClientBehaviour.Hourly(220.0 / 11, 30, 30, 30));
    }

    @Test
    void twoDaysMakeNothingUsual() {
        assertThat(behaviour(48, _ -> 1, ZoneOffset.UTC).usualHours()).isEmpty();
    }

    @Test
    void whoNeverPublishedHasNoRatesAndNoStanding() {
        ClientBehaviour behaviour = behaviour(100, _ -> 0, ZoneOffset.UTC);

        assertThat(behaviour.hourly()).isEmpty();
        assertThat(behaviour.bytesPerMessage()).isEmpty();
        assertThat(behaviour.standing()).isEmpty();
        assertThat(behaviour.usualHours()).contains(List.of());
    }

    @Test
    void standingIsAmongAgentsAndNotAmongWhatIsNoAgents() {
        ClientBehaviour behaviour =
                ClientBehaviour.of(
                        AGENT,
                        List.of(),
                        totals(20),
                        ZoneOffset.UTC,
                        Optional.of(
                                Map.of(
                                        AGENT,
                                        published(20),
                                        new AgentId("two"),
                                        published(70),
                                        new AgentId("three"),
                                        published(10),
                                        new AgentId("idle"),
                                        published(0),
                                        Attribution.UNATTRIBUTED,
                                        published(500))),
                        NO_REQUESTS);

        assertThat(behaviour.standing()).contains(new ClientBehaviour.Standing(2, 3, 0.2, 20));
    }

    @Test
    void whoTalksToWhomIsSaidNotToBeKnown() {
        assertThat(behaviour(1, _ -> 1, ZoneOffset.UTC).notKnown())
                .extracting(ClientBehaviour.NotKnown::what)
                .containsExactly("peers");
    }

    private static ClientBehaviour behaviour(int hours, IntToLongFunction messages, ZoneId zone) {
        List<SeriesPoint> series =
                IntStream.range(0, hours)
                        .mapToObj(hour ->
                                SeriesPoint.of(
                                        START.plus(Duration.ofHours(hour)),
                                        usage(messages.applyAsLong(hour)),
                                        false,
                                        false))
                        .toList();
        long sum = IntStream.range(0, hours).mapToLong(messages::applyAsLong).sum();
        return ClientBehaviour.of(
                AGENT, series, totals(sum), zone, Optional.of(Map.of()), NO_REQUESTS);
    }

    private static AgentTraffic published(long messages) {
        return new AgentTraffic(new Traffic(messages, 0), Traffic.NONE);
    }

    private static Totals totals(long messages) {
        return Totals.of(usage(messages), messages);
    }

    private static UsageTotals usage(long messages) {
        return new UsageTotals(new Traffic(messages, 10 * messages), Traffic.NONE, Traffic.NONE, 0);
    }
}
