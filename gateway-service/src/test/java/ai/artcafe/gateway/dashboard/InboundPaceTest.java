package ai.artcafe.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InboundPaceTest {

    @Test
    void whoSentAsManyAsMayBeReadWaitsUntilTheSecondIsOver() {
        InboundPace pace = new InboundPace(3);
        assertThat(pace.take(5000)).isZero();
        assertThat(pace.take(5100)).isZero();
        assertThat(pace.take(5200)).isEqualTo(800);
        assertThat(pace.take(6000)).isZero();
    }

    @Test
    void whatWasOnItsWayAlreadyIsReadAndPausesNoSecondTime() {
        InboundPace pace = new InboundPace(1);
        assertThat(pace.take(5999)).isEqualTo(1);
        assertThat(pace.take(5999)).isZero();
    }
}
