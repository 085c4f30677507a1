package ai.artcafe.runtime.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Remembers for a minute that a bearer token holds: who asks again and again need not prove each
 * time what costs more to verify than to answer. Never for longer than the token itself holds; what
 * does not hold is not remembered. Tokens are known by their digest only.
 *
 * <p>While the issuer's keys cannot be had, they are asked for again after a pause only, whatever
 * many tokens come: those that are not remembered are told {@link KeysAwayException} meanwhile.
 * Thread-safe.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class RememberedTokens extends JWTCallerPrincipalFactory {

    /** How long a key that the issuer has withdrawn may go on to count. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** How long the issuer is left alone after it could not be asked for its keys. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final int CAPACITY = 20_000;

    private final JWTCallerPrincipalFactory verifier;
    private final Ticker ticker;
    private final Cache<Known, JWTCallerPrincipal> held;
    private volatile OptionalLong keysAwaySince = OptionalLong.empty(); // nanoseconds of the ticker

    @Inject
    RememberedTokens(KeyedVerifier verifier, Clock clock) {
        this(verifier, clock, Ticker.systemTicker());
    }

    RememberedTokens(JWTCallerPrincipalFactory verifier, Clock clock, Ticker ticker) {
        this.verifier = verifier;
        this.ticker = ticker;
        this.held =
                Caffeine.newBuilder()
                        .maximumSize(CAPACITY)
                        .expireAfter(
                                Expiry.<Known, JWTCallerPrincipal>creating(
                                        (known, token) -> lifetime(known, token, clock.instant())))
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .build();
    }

    /**
     * A token that has been verified.
     *
     * @param digest of its text
     * @param rules by which it was
     */
    private record Known(ByteBuffer digest, JWTAuthContextInfo rules) {}

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo rules) throws ParseException {
        Known known = new Known(digest(token), rules);
        JWTCallerPrincipal remembered = held.getIfPresent(known);
        if (remembered != null) {
            return remembered;
        }
        JWTCallerPrincipal verified = verify(token, rules);
        held.put(known, verified);
        return verified;
    }

    private JWTCallerPrincipal verify(String token, JWTAuthContextInfo rules)
            throws ParseException {
        OptionalLong since = keysAwaySince;
        if (since.isPresent() && ticker.read() - since.getAsLong() < PAUSE.toNanos()) {
            throw new KeysAwayException(new IOException("asked in vain a moment ago"));
        }
        try {
            JWTCallerPrincipal verified = verifier.parse(token, rules);
            keysAwaySince = OptionalLong.empty();
            return verified;
        } catch (KeysAwayException away) {
            keysAwaySince = OptionalLong.of(ticker.read());
            throw away;
        }
    }

    private static Duration lifetime(Known known, JWTCallerPrincipal token, Instant now) {
        Instant end =
                Instant.ofEpochSecond(token.getExpirationTime())
                        .plusSeconds(known.rules().getClockSkew());
        Duration left = Duration.between(now, end);
        return left.compareTo(REMEMBERED) < 0 ? left : REMEMBERED;
    }

    private static ByteBuffer digest(String token) {
        try {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
