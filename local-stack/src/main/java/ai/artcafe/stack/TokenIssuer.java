package ai.artcafe.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Issues the JWTs that the services accept here: RS256, from a key pair of this stack. The private
 * key is {@code jwt-private.pem}, what the services verify with {@code jwks.json}.
 */
public final class TokenIssuer {

    public static final String ISSUER = "artcafe-local";
    public static final String AUDIENCE = "artcafe";

    /** The JWKS, in the folder of the keys. */
    public static final String JWKS_FILE = "jwks.json";

    private static final String PRIVATE_KEY_FILE = "jwt-private.pem";
    private static final int KEY_BITS = 2048;

    private final RsaJsonWebKey key;
    private final Clock clock;

    private TokenIssuer(RsaJsonWebKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** The issuer whose keys are in the folder; they are made when they are missing. */
    public static TokenIssuer in(Path directory, Clock clock) {
        Path pem = directory.resolve(PRIVATE_KEY_FILE);
        try {
            RsaJsonWebKey key = Files.exists(pem) ? RsaPem.read(SecretFile.read(pem)) : fresh(pem);
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
            key.setUse("sig");
            key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            SecretFile.write(
                    directory.resolve(JWKS_FILE),
                    new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY) + "\n");
            return new TokenIssuer(key, clock);
        } catch (JoseException e) {
            throw new StackException("the JWT key in " + pem + " is not usable", e);
        }
    }

    private static RsaJsonWebKey fresh(Path pem) throws JoseException {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(KEY_BITS);
        SecretFile.write(pem, RsaPem.write(key));
        return key;
    }

    /** A signed token that says what the request asks for. */
    public String token(TokenRequest request) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(request.user());
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(request.ttl()).getEpochSecond()));
        claims.setGeneratedJwtId();
        claims.setStringListClaim("groups", request.operator() ? List.of("operator") : List.of());
        claims.setStringClaim("role", request.role().id());
        request.tenant().ifPresent(tenant -> claims.setStringClaim("tenant_id", tenant.value()));

        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new StackException("the token could not be signed", e);
        }
    }
}
