package ai.artcafe.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TenantId ACME = new TenantId("acme");

    @TempDir Path directory;

    private TokenIssuer issuer() {
        return TokenIssuer.in(directory, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private JwtClaims verified(String token) throws Exception {
        JsonWebKeySet keys =
                new JsonWebKeySet(Files.readString(directory.resolve(TokenIssuer.JWKS_FILE)));
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                .setExpectedIssuer("artcafe-local")
                .setExpectedAudience("artcafe")
                .setEvaluationTime(NumericDate.fromSeconds(NOW.getEpochSecond()))
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
    }

    @Test
    void aMembersTokenNamesUserTenantAndRole() throws Exception {
        JwtClaims claims = verified(issuer().token(TokenRequest.member("ann", ACME, Role.ADMIN)));

        assertThat(claims.getSubject()).isEqualTo("ann");
        assertThat(claims.getStringClaimValue("tenant_id")).isEqualTo("acme");
        assertThat(claims.getStringClaimValue("role")).isEqualTo("admin");
        assertThat(claims.getStringListClaimValue("groups")).isEmpty();
    }

    @Test
    void anOperatorsTokenIsInTheOperatorsGroup() throws Exception {
        JwtClaims claims = verified(issuer().token(TokenRequest.operator("root")));

        assertThat(claims.getStringListClaimValue("groups")).containsExactly("operator");
        assertThat(claims.hasClaim("tenant_id")).isFalse();
    }

    @Test
    void aTokenEndsWhenItsTimeIsOver() throws Exception {
        TokenRequest request =
                new TokenRequest(
                        "ann", Optional.of(ACME), Role.VIEWER, false, Duration.ofMinutes(5));

        assertThat(verified(issuer().token(request)).getExpirationTime().getValue())
                .isEqualTo(NOW.plusSeconds(300).getEpochSecond());
    }

    @Test
    void aTokenOfBeforeIsVerifiedAfterTheKeysWereReadAgain() throws Exception {
        String token = issuer().token(TokenRequest.operator("root"));

        issuer();

        assertThat(verified(token).getSubject()).isEqualTo("root");
    }

    @Test
    void theJwksHoldsNoPrivatePart() throws Exception {
        issuer();

        assertThat(Files.readString(directory.resolve(TokenIssuer.JWKS_FILE)))
                .contains("\"kid\"")
                .doesNotContain("\"d\"", "\"p\"", "\"q\"");
    }

    @Test
    void aTokenOfNoTimeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TokenRequest(
                                "ann", Optional.empty(), Role.VIEWER, false, Duration.ZERO))
                .withMessage("ttl must be positive, but is PT0S");
    }
}
