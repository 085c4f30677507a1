package ai.artcafe.gateway.auth;

import java.time.Duration;

/** The defaults, with or without challenges that clients make. */
record AuthSettings(boolean clientChallenges) implements AuthConfig {

    @Override
    public Duration challengeLifetime() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Duration clientChallengeMemory() {
        return Duration.ofDays(30);
    }
}
