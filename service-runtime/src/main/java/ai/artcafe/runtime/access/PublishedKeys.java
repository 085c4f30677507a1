package ai.artcafe.runtime.access;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.KeyLocationResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys that the issuer publishes at a URL, or in a file. That it has no such key, and that
 * nobody knows which keys it has, are two things here: the latter has an {@link IOException} among
 * its causes.
 */
final class PublishedKeys extends KeyLocationResolver {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * Asks for the keys.
     *
     * @throws UnresolvableKeyException when they cannot be had
     */
    PublishedKeys(JWTAuthContextInfo rules) throws UnresolvableKeyException {
        super(rules);
        if (isAtUrl(rules) && httpsJwks == null && key == null && jsonWebKeys == null) {
            throw new UnresolvableKeyException(
                    "what the issuer answers are no keys", new IOException("no keys"));
        }
    }

    private static boolean isAtUrl(JWTAuthContextInfo rules) {
        return Optional.ofNullable(rules.getPublicKeyLocation())
                .filter(location -> location.startsWith("http"))
                .isPresent();
    }

    @Override
    protected Get getHttpGet() {
        Get get = super.getHttpGet();
        get.setConnectTimeout((int) PATIENCE.toMillis());
        get.setReadTimeout((int) PATIENCE.toMillis());
        get.setRetries(1);
        return get;
    }

    /**
     * A key that is new is looked for however short ago the others came; that is limited already.
     */
    @Override
    protected HttpsJwks getHttpsJwks(String location) {
        HttpsJwks published = super.getHttpsJwks(location);
        published.setRefreshReprieveThreshold(0);
        return published;
    }

    @Override
    protected JsonWebKey getHttpsJwk(String id, String algorithm) {
        JsonWebKey found = super.getHttpsJwk(id, algorithm);
        if (found == null) {
            requireKnown();
        }
        return found;
    }

    /**
     * Asks for them again where they are too old.
     *
     * @throws UncheckedIOException when they are, and cannot be had
     */
    void requireKnown() {
        if (httpsJwks == null) {
            return;
        }
        try {
            httpsJwks.getJsonWebKeys();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
