package ai.artcafe.runtime.access;

import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/**
 * Verifies bearer tokens that do not come in an {@code Authorization} header, such as those of
 * dashboard sockets, by the same rules as those that do.
 */
@ApplicationScoped
public class UserTokens {

    private static final Logger LOG = Logger.getLogger(UserTokens.class);

    private final JWTParser parser;

    UserTokens(JWTParser parser) {
        this.parser = parser;
    }

    /** Blocks while the issuer's keys are fetched, which is seldom. */
    public TokenVerdict verify(String token) {
        try {
            JsonWebToken verified = parser.parse(token);
            return UserClaims.read(verified)
                    .<TokenVerdict>map(TokenVerdict.Accepted::new)
                    .orElseGet(TokenVerdict.Refused::new);
        } catch (KeysAwayException away) {
            LOG.debugf(away, "token not judged");
            return new TokenVerdict.Undecided();
        } catch (ParseException refused) {
            LOG.debugf(refused, "token refused");
            return new TokenVerdict.Refused();
        }
    }
}
