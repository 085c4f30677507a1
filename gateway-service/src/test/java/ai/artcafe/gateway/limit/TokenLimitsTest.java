package ai.artcafe.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TokenLimitsTest {

    private static final int BURST = 5;
    private static final String OFFICE = "192.0.2.1";

    private final TokenLimits limits = new TokenLimits(BURST, 1, 1000);

    private static ByteBuffer digest(int token) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(0, token);
    }

    private void failWhatMayFail() {
        for (int i = 0; i < BURST; i++) {
            assertThat(limits.show(digest(1000 + i), OFFICE)).isEqualTo(RateVerdict.ALLOWED);
            limits.refused(digest(1000 + i));
        }
    }

    @Test
    void goodOnesTakeNothingOff() {
        for (int i = 0; i < 10 * BURST; i++) {
            assertThat(limits.show(digest(i), OFFICE)).isEqualTo(RateVerdict.ALLOWED);
            limits.held(digest(i), OFFICE);
        }
        failWhatMayFail();
    }

    @Test
    void whereTooManyFailedOnlyThoseThatHeldBeforeAreLookedAt() {
        limits.show(digest(1), OFFICE);
        limits.held(digest(1), OFFICE);
        failWhatMayFail();

        assertThat(limits.show(digest(2), OFFICE)).isInstanceOf(RateVerdict.Exceeded.class);
        assertThat(limits.show(digest(1), OFFICE)).isEqualTo(RateVerdict.ALLOWED);
        assertThat(limits.show(digest(2), "192.0.2.2")).isEqualTo(RateVerdict.ALLOWED);

        limits.refused(digest(1));
        assertThat(limits.show(digest(1), OFFICE)).isInstanceOf(RateVerdict.Exceeded.class);
    }

    @Test
    void oneThatIsShownManyTimesAtOnceIsOne() {
        for (int i = 0; i < 10 * BURST; i++) {
            assertThat(limits.show(digest(1), OFFICE)).isEqualTo(RateVerdict.ALLOWED);
        }
        for (int i = 0; i < 10 * BURST; i++) {
            limits.held(digest(1), OFFICE);
        }
        failWhatMayFail();
        assertThat(limits.show(digest(2), OFFICE)).isInstanceOf(RateVerdict.Exceeded.class);
    }

    @Test
    void anOutageIsNobodysFault() {
        for (int i = 0; i < 10 * BURST; i++) {
            assertThat(limits.show(digest(i), OFFICE)).isEqualTo(RateVerdict.ALLOWED);
            limits.undecided(digest(i), OFFICE);
        }
    }

    @Test
    void whoHasOneAddressOfANetworkHasThemAll() {
        for (int i = 0; i < BURST; i++) {
            limits.show(digest(i), "2001:db8::" + i);
        }
        assertThat(limits.show(digest(9), "2001:db8::9")).isInstanceOf(RateVerdict.Exceeded.class);
    }
}
