package ai.artcafe.gateway.auth;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A challenge that an agent made for itself: 16 to 256 characters of {@code A-Z a-z 0-9 . _ : ~ + /
 * = -}. One that begins with a time, in seconds or milliseconds since 1970 and then one of {@code .
 * : _ -}, counts only about that time; another one counts once for as long as it is remembered.
 *
 * @param madeAt when it says it was made
 */
record ClientChallenge(Optional<Instant> madeAt) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:~+/=-]{16,256}");
    private static final Pattern TIME = Pattern.compile("([0-9]{13}|[0-9]{10})[.:_-].*");
    private static final int SECONDS_DIGITS = 10;

    static Optional<ClientChallenge> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        Matcher time = TIME.matcher(text);
        return Optional.of(
                new ClientChallenge(
                        time.matches() ? Optional.of(instant(time.group(1))) : Optional.empty()));
    }

    private static Instant instant(String digits) {
        long number = Long.parseLong(digits);
        return digits.length() == SECONDS_DIGITS
                ? Instant.ofEpochSecond(number)
                : Instant.ofEpochMilli(number);
    }

    /** Until when it has to be remembered that it was used; empty when it does not count now. */
    Optional<Instant> usedUntil(Instant now, AuthConfig config) {
        if (madeAt.isEmpty()) {
            return Optional.of(now.plus(config.clientChallengeMemory()));
        }
        Instant made = madeAt.get();
        boolean fresh =
                made.isAfter(now.minus(config.challengeLifetime()))
                        && made.isBefore(now.plus(config.challengeLifetime()));
        return fresh
                ? Optional.of(made.plus(config.challengeLifetime().multipliedBy(2)))
                : Optional.empty();
    }

    /** How its use is remembered: apart from other agents' and from those that were given out. */
    static Challenge record(TenantId tenant, AgentId agent, String text, Instant until) {
        return new Challenge("client#" + tenant + "#" + agent + "#" + text, tenant, agent, until);
    }
}
