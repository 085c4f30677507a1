package ai.artcafe.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.dashboard.Breaker.Change;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final Breaker breaker = new Breaker(1000, 1000);

    @Test
    void opensOnceHalfHasWaitedForASecond() {
        assertThat(breaker.look(501, 0)).isEqualTo(Change.NONE);
        assertThat(breaker.look(1000, 999)).isEqualTo(Change.NONE);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.look(501, 1000)).isEqualTo(Change.OPENED);
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void aMomentWithRoomBeginsAnew() {
        breaker.look(900, 0);
        breaker.look(500, 900);
        assertThat(breaker.look(900, 1000)).isEqualTo(Change.NONE);
        assertThat(breaker.look(900, 1999)).isEqualTo(Change.NONE);
        assertThat(breaker.look(900, 2000)).isEqualTo(Change.OPENED);
    }

    @Test
    void closesOnceNothingWaits() {
        breaker.look(900, 0);
        breaker.look(900, 1000);
        assertThat(breaker.look(900, 1250)).isEqualTo(Change.NONE);
        assertThat(breaker.look(1, 1500)).isEqualTo(Change.NONE);
        assertThat(breaker.look(0, 1750)).isEqualTo(Change.CLOSED);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.look(0, 2000)).isEqualTo(Change.NONE);
    }

    @Test
    void opensAgainLaterOn() {
        breaker.look(900, 0);
        breaker.look(900, 1000);
        breaker.look(0, 1250);
        assertThat(breaker.look(900, 1500)).isEqualTo(Change.NONE);
        assertThat(breaker.look(900, 2500)).isEqualTo(Change.OPENED);
    }
}
