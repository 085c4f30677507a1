package ai.artcafe.runtime.access;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies each token it is given with the keys of the issuer. Asks for these when the first one
 * comes, and until it has them one at a time. Thread-safe; blocks while it asks, for seconds at
 * most.
 */
@Singleton
@Typed(KeyedVerifier.class)
class KeyedVerifier extends JWTCallerPrincipalFactory {

    private static final int LONGEST_CHAIN = 10;
    private static final long PATIENCE_MS = 5_000;

    private final Parser parser = new Parser();

    /** The library's, with keys that can be told from none. */
    private static final class Parser extends DefaultJWTTokenParser {

        private final ReentrantLock asking = new ReentrantLock();
        private volatile Optional<PublishedKeys> keys = Optional.empty();

        @Override
        protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo rules)
                throws UnresolvableKeyException {
            return keys(rules);
        }

        PublishedKeys keys(JWTAuthContextInfo rules) throws UnresolvableKeyException {
            Optional<PublishedKeys> known = keys;
            return known.isPresent() ? known.get() : ask(rules);
        }

        private PublishedKeys ask(JWTAuthContextInfo rules) throws UnresolvableKeyException {
            boolean isTurn = false;
            try {
                isTurn = asking.tryLock(PATIENCE_MS, TimeUnit.MILLISECONDS);
                if (!isTurn) {
                    throw new UnresolvableKeyException(
                            "others are asking for the keys", new IOException("no turn"));
                }
                PublishedKeys found = keys.isPresent() ? keys.get() : new PublishedKeys(rules);
                keys = Optional.of(found);
                return found;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnresolvableKeyException("interrupted", new IOException(e));
            } finally {
                if (isTurn) {
                    asking.unlock();
                }
            }
        }
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo rules) throws ParseException {
        try {
            JwtContext verified = parser.parse(token, rules);
            String type = verified.getJoseObjects().getFirst().getHeader("typ");
            return new DefaultJWTCallerPrincipal(type, verified.getJwtClaims());
        } catch (ParseException refused) {
            throw isForWantOfKeys(refused) ? new KeysAwayException(refused) : refused;
        }
    }

    /** Whether there are keys to verify with. */
    boolean hasKeys(JWTAuthContextInfo rules) {
        try {
            parser.keys(rules).requireKnown();
            return true;
        } catch (UnresolvableKeyException | RuntimeException e) {
            return false;
        }
    }

    private static boolean isForWantOfKeys(Throwable refused) {
        return Stream.iterate(refused, Objects::nonNull, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .anyMatch(IOException.class::isInstance);
    }
}
