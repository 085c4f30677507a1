package ai.artcafe.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;

/** Keys that are published at a URL, as identity providers do. */
@QuarkusTest
@WithTestResource(RotatingIssuer.class)
class KeyRotationQuarkusTest {

    @Inject UserTokens tokens;

    @Test
    void aNewKeyCountsWithoutARestartAndUnknownOnesAreNotAskedForAgainAndAgain() {
        PublicJsonWebKey old = RotatingIssuer.first();
        assertThat(holds(RotatingIssuer.token(old, "RS256", inAnHour()))).isTrue();
        int asked = RotatingIssuer.asked();

        PublicJsonWebKey fresh = RotatingIssuer.ec("second");
        RotatingIssuer.publish(fresh, old);
        assertThat(holds(RotatingIssuer.token(fresh, "ES256", inAnHour()))).isTrue();
        assertThat(holds(RotatingIssuer.token(old, "RS256", inAnHour()))).isTrue();
        assertThat(RotatingIssuer.asked()).isEqualTo(asked + 1);

        PublicJsonWebKey unknown = RotatingIssuer.rsa("unknown");
        for (int i = 0; i < 50; i++) {
            assertThat(holds(RotatingIssuer.token(unknown, "RS256", inAnHour()))).isFalse();
        }
        assertThat(RotatingIssuer.asked()).isLessThanOrEqualTo(asked + 2);
    }

    @Test
    void clocksMayDifferByHalfAMinute() {
        PublicJsonWebKey key = RotatingIssuer.first();
        Instant now = Instant.now();
        assertThat(holds(RotatingIssuer.token(key, "RS256", now.minusSeconds(5)))).isTrue();
        assertThat(holds(RotatingIssuer.token(key, "RS256", now.minusSeconds(32)))).isFalse();
    }

    @Test
    void otherAlgorithmsDoNotCount() {
        for (String algorithm : new String[] {"RS384", "RS512", "PS256"}) {
            assertThat(holds(RotatingIssuer.token(RotatingIssuer.first(), algorithm, inAnHour())))
                    .as(algorithm)
                    .isFalse();
        }
    }

    private boolean holds(String token) {
        return tokens.verify(token) instanceof TokenVerdict.Accepted;
    }

    private static Instant inAnHour() {
        return Instant.now().plus(Duration.ofHours(1));
    }
}
