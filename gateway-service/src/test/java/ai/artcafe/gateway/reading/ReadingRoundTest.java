package ai.artcafe.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.GatewayReadings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingRoundTest {

    private static final GatewayIdentity GATEWAY = new GatewayIdentity("g", 1000);
    private static final Instant NOW = Instant.ofEpochMilli(5000);

    private final SocketReadings sockets = new SocketReadings();
    private final List<GatewayReadings> sent = new ArrayList<>();
    private boolean trackerThere = true;

    @Test
    void onlyWhatIsNewsIsSent() {
        SocketMeter meter = open("c1");
        ReadingRound round = round(10);

        assertThat(round.run(false)).isTrue();
        assertThat(sent.getLast().readings())
                .extracting(GatewayReadings.Socket::counters)
                .containsExactly(Counters.ZERO);
        round.run(false);
        assertThat(sent.getLast().readings()).isEmpty();
        meter.published(7);
        meter.delivered(3);
        meter.control(20);
        round.run(false);
        assertThat(sent.getLast().readings())
                .extracting(GatewayReadings.Socket::counters)
                .containsExactly(new Counters(1, 7, 1, 3, 1, 20));
    }

    @Test
    void whatIsNotAcknowledgedIsSentAgain() {
        SocketMeter meter = open("c1");
        ReadingRound round = round(10);
        trackerThere = false;
        meter.published(1);
        meter.close();

        assertThat(round.run(false)).isFalse();
        assertThat(round.run(false)).isFalse();
        assertThat(sockets.size()).isEqualTo(1);
        trackerThere = true;
        assertThat(round.run(false)).isTrue();

        assertThat(sent)
                .hasSize(3)
                .allSatisfy(batch ->
                        assertThat(batch.readings())
                                .singleElement()
                                .satisfies(reading -> assertThat(reading.last()).isTrue()));
        assertThat(sockets.size()).isZero();
    }

    @Test
    void onlyTheLastBatchOfARoundMovesTheTime() {
        for (int i = 0; i < 5; i++) {
            open("c" + i);
        }
        round(2).run(true);

        assertThat(sent).extracting(batch -> batch.readings().size()).containsExactly(2, 2, 1);
        assertThat(sent)
                .extracting(GatewayReadings::at)
                .containsExactly(Instant.ofEpochMilli(1000), Instant.ofEpochMilli(1000), NOW);
        assertThat(sent).extracting(GatewayReadings::closing).containsExactly(false, false, true);
    }

    @Test
    void whatIsLeftAtTheEndComesInPartsOfWhichTheLastOneClosesTheGateway() {
        for (int i = 0; i < 5; i++) {
            open("c" + i).close();
        }
        trackerThere = false;
        ReadingRound round = round(10);
        round.run(true);

        assertThat(round.left(2))
                .extracting(part -> part.readings().size())
                .containsExactly(2, 2, 1);
        assertThat(round.left(2))
                .extracting(GatewayReadings::closing)
                .containsExactly(false, false, true);
        assertThat(round.left(2))
                .extracting(GatewayReadings::at)
                .containsExactly(Instant.ofEpochMilli(1000), Instant.ofEpochMilli(1000), NOW);
        assertThat(sockets.size()).isEqualTo(5);
    }

    @Test
    void thatNothingIsLeftIsNewsToo() {
        assertThat(round(10).left(2))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.readings()).isEmpty();
                    assertThat(part.closing()).isTrue();
                });
    }

    private SocketMeter open(String id) {
        SocketMeter meter = new SocketMeter(id, new TenantId("t"), new AgentId("a"), NOW);
        sockets.add(meter);
        return meter;
    }

    private ReadingRound round(int batchSize) {
        return new ReadingRound(
                GATEWAY,
                sockets,
                batch -> {
                    sent.add(batch);
                    return trackerThere;
                },
                batchSize,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
