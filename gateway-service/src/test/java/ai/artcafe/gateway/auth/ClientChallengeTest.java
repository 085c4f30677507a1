package ai.artcafe.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientChallengeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T04:05:06.789Z");
    private static final AuthConfig CONFIG = new AuthSettings(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "too-short",
                "with a space in it",
                "with-a-line\nin-it-too",
                "not-ascii-\u00e9-\u00e9-\u00e9-\u00e9",
                "hash#hash#hash#hash"
            })
    void whatHasNotTheFormIsNone(String text) {
        assertThat(ClientChallenge.parse(text)).isEmpty();
    }

    @Test
    void nothingIsReadThatIsTooLong() {
        assertThat(ClientChallenge.parse("x".repeat(256))).isPresent();
        assertThat(ClientChallenge.parse("x".repeat(257))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "299, true", "300, false", "-299, true", "-300, false", "86400, false"})
    void aTimeCountsForFiveMinutesAboutIt(long secondsAgo, boolean counts) {
        Instant made = NOW.minusSeconds(secondsAgo);
        for (String time :
                new String[] {
                    made.toEpochMilli() + ".abcdefgh", made.toEpochMilli() + ":abcdefgh"
                }) {
            assertThat(ClientChallenge.parse(time).orElseThrow().usedUntil(NOW, CONFIG).isPresent())
                    .isEqualTo(counts);
        }
    }

    @Test
    void itIsRememberedForAsLongAsItCounts() {
        Instant made = NOW.plusSeconds(200);
        Instant until =
                ClientChallenge.parse(made.getEpochSecond() + "-abcdefgh")
                        .orElseThrow()
                        .usedUntil(NOW, CONFIG)
                        .orElseThrow();
        assertThat(until).isAfter(made.plus(CONFIG.challengeLifetime()));
    }

    @Test
    void oneWithoutATimeIsRememberedForLong() {
        assertThat(
                        ClientChallenge.parse("5f3c2a9e-77b2-4b3a-8a43-91d6d3c2a1f0")
                                .orElseThrow()
                                .usedUntil(NOW, CONFIG))
                .contains(NOW.plus(Duration.ofDays(30)));
    }
}
