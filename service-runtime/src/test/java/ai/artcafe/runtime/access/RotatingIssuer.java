package ai.artcafe.runtime.access;

import ai.artcafe.runtime.problem.IssuerKeys;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** An issuer that publishes its keys at a URL, and changes them. */
public final class RotatingIssuer implements QuarkusTestResourceLifecycleManager {

    private static final AtomicInteger ASKED = new AtomicInteger();
    private static volatile List<PublicJsonWebKey> published = List.of();
    private static PublicJsonWebKey first;

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        first = rsa("first");
        publish(first);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/jwks.json",
                exchange -> {
                    ASKED.incrementAndGet();
                    byte[] body =
                            new JsonWebKeySet(published)
                                    .toJson(OutputControlLevel.PUBLIC_ONLY)
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        Map<String, String> settings = new HashMap<>(new IssuerKeys().start());
        settings.put(
                "ARTCAFE_JWT_JWKS_LOCATION",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json");
        return settings;
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    /** After {@link IssuerKeys}, which Quarkus starts for every test: what starts later wins. */
    @Override
    public int order() {
        return 1;
    }

    static void publish(PublicJsonWebKey... keys) {
        published = List.of(keys);
    }

    /** The key that it has had from the beginning. */
    static PublicJsonWebKey first() {
        return first;
    }

    /** How often it was asked for its keys. */
    static int asked() {
        return ASKED.get();
    }

    static PublicJsonWebKey rsa(String id) {
        try {
            return named(RsaJwkGenerator.generateJwk(2048), id);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static PublicJsonWebKey ec(String id) {
        try {
            return named(EcJwkGenerator.generateJwk(EllipticCurves.P256), id);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicJsonWebKey named(PublicJsonWebKey key, String id) {
        key.setKeyId(id);
        key.setUse("sig");
        return key;
    }

    static String token(PublicJsonWebKey key, String algorithm, Instant expires) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("artcafe-local");
        claims.setAudience("artcafe");
        claims.setSubject("ada");
        claims.setIssuedAt(NumericDate.fromSeconds(expires.minusSeconds(3600).getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(expires.getEpochSecond()));
        claims.setGeneratedJwtId();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(algorithm);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
