package ai.artcafe.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-21T03:50:05Z");
    private static final String BAD = "bad";

    private final AtomicLong nanos = new AtomicLong();
    private final JWTAuthContextInfo rules = new JWTAuthContextInfo();
    private final Verifier verifier = new Verifier();
    private final RememberedTokens tokens =
            new RememberedTokens(verifier, Clock.fixed(NOW, ZoneOffset.UTC), nanos::get);

    /** Takes every token but one, and counts how often it was asked. */
    private static final class Verifier extends JWTCallerPrincipalFactory {

        private Instant expires = NOW.plus(Duration.ofHours(1));
        private int asked;
        private boolean keysAreAway;

        @Override
        public JWTCallerPrincipal parse(String token, JWTAuthContextInfo rules)
                throws ParseException {
            asked++;
            if (token.equals(BAD)) {
                throw new ParseException(token);
            }
            if (keysAreAway) {
                throw new KeysAwayException(new IOException());
            }
            JwtClaims claims = new JwtClaims();
            claims.setSubject(token);
            claims.setExpirationTime(NumericDate.fromSeconds(expires.getEpochSecond()));
            return new DefaultJWTCallerPrincipal(claims);
        }
    }

    @BeforeEach
    void someLeeway() {
        rules.setClockSkew(30);
    }

    @Test
    void oneIsVerifiedOnceAMinute() throws ParseException {
        for (int second = 0; second < 60; second++) {
            assertThat(tokens.parse("ada", rules).getSubject()).isEqualTo("ada");
            pass(Duration.ofSeconds(1));
        }
        assertThat(verifier.asked).isEqualTo(1);

        tokens.parse("ada", rules);
        assertThat(verifier.asked).isEqualTo(2);
    }

    @Test
    void neverForLongerThanItHolds() throws ParseException {
        verifier.expires = NOW.plusSeconds(10);
        tokens.parse("ada", rules);

        pass(Duration.ofSeconds(40).minusNanos(1));
        tokens.parse("ada", rules);
        assertThat(verifier.asked).isEqualTo(1);
        pass(Duration.ofNanos(1));
        tokens.parse("ada", rules);
        assertThat(verifier.asked).isEqualTo(2);
    }

    @Test
    void eachIsItsOwn() throws ParseException {
        assertThat(tokens.parse("ada", rules).getSubject()).isEqualTo("ada");
        assertThat(tokens.parse("bob", rules).getSubject()).isEqualTo("bob");
        assertThat(tokens.parse("ada", rules).getSubject()).isEqualTo("ada");
        assertThat(verifier.asked).isEqualTo(2);
    }

    @Test
    void whatHoldsByOtherRulesIsVerifiedByThese() throws ParseException {
        tokens.parse("ada", rules);
        tokens.parse("ada", new JWTAuthContextInfo());

        assertThat(verifier.asked).isEqualTo(2);
    }

    @Test
    void whatDoesNotHoldIsNotRemembered() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.parse(BAD, rules)).isInstanceOf(ParseException.class);
        }
        assertThat(verifier.asked).isEqualTo(2);
    }

    @Test
    void anIssuerThatIsAwayIsLeftAloneForAMoment() throws ParseException {
        tokens.parse("ada", rules);
        verifier.keysAreAway = true;
        for (int i = 0; i < 100; i++) {
            String token = "bob-" + i;
            assertThatThrownBy(() -> tokens.parse(token, rules))
                    .isInstanceOf(KeysAwayException.class);
        }
        assertThat(verifier.asked).isEqualTo(2);
        assertThat(tokens.parse("ada", rules).getSubject()).isEqualTo("ada");

        verifier.keysAreAway = false;
        pass(Duration.ofSeconds(2));
        assertThat(tokens.parse("bob", rules).getSubject()).isEqualTo("bob");
    }

    @Test
    void aTokenThatDoesNotHoldStopsNoOther() throws ParseException {
        assertThatThrownBy(() -> tokens.parse(BAD, rules)).isInstanceOf(ParseException.class);
        assertThat(tokens.parse("ada", rules).getSubject()).isEqualTo("ada");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
