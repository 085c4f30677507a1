package ai.artcafe.runtime.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand: good ones, and those that no library would make. */
public final class TokenForge {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrivateKey privateKey;
    private final RSAPublicKey publicKey;
    private final String keyId;

    private TokenForge(PrivateKey privateKey, RSAPublicKey publicKey, String keyId) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.keyId = keyId;
    }

    /** With the issuer's own keys. */
    public static TokenForge in(Path keys) {
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            String pem =
                    Files.readString(keys.resolve("jwt-private.pem"))
                            .replaceAll("-----[A-Z ]+-----", "");
            JsonNode jwk = JSON.readTree(keys.resolve("jwks.json").toFile()).at("/keys/0");
            return new TokenForge(
                    rsa.generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem))),
                    (RSAPublicKey)
                            rsa.generatePublic(
                                    new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e"))),
                    jwk.get("kid").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With keys of its own, under the issuer's key id. */
    TokenForge withForeignKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return new TokenForge(pair.getPrivate(), (RSAPublicKey) pair.getPublic(), keyId);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the issuer would say of a user of the tenant, now and for ten minutes. */
    public static Map<String, Object> claims(String user, String tenant) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", "artcafe-local");
        claims.put("aud", "artcafe");
        claims.put("sub", user);
        claims.put("iat", now - 90);
        claims.put("exp", now + 600);
        claims.put("tenant_id", tenant);
        return claims;
    }

    /** The same claims with another value of one of them. */
    public static Map<String, Object> but(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.put(name, value);
        return changed;
    }

    /** The same claims without one of them. */
    public static Map<String, Object> without(Map<String, Object> claims, String name) {
        Map<String, Object> changed = new HashMap<>(claims);
        changed.remove(name);
        return changed;
    }

    /** As the issuer signs. */
    public String rs256(Map<String, ?> claims) {
        return signed("SHA256withRSA", Map.of("alg", "RS256"), claims);
    }

    /**
     * @param algorithm how it is signed, in Java's words
     * @param header what it says of that, beside its type and key id, or in place of them
     */
    String signed(String algorithm, Map<String, ?> header, Map<String, ?> claims) {
        String input = input(header, claims);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String unsigned(String algorithm, Map<String, ?> claims) {
        return input(Map.of("alg", algorithm), claims) + ".";
    }

    /** With a shared secret. */
    String hs256(byte[] secret, Map<String, ?> claims) {
        String input = input(Map.of("alg", "HS256"), claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    PublicKey publicKey() {
        return publicKey;
    }

    /** The public key as a token may carry it along. */
    Map<String, String> jwk() {
        return Map.of(
                "kty",
                "RSA",
                "kid",
                keyId,
                "n",
                base64(publicKey.getModulus().toByteArray()),
                "e",
                base64(publicKey.getPublicExponent().toByteArray()));
    }

    private String input(Map<String, ?> header, Map<String, ?> claims) {
        Map<String, Object> whole = new LinkedHashMap<>(Map.of("kid", keyId, "typ", "JWT"));
        whole.putAll(header);
        try {
            return base64(JSON.writeValueAsBytes(whole))
                    + "."
                    + base64(JSON.writeValueAsBytes(claims));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BigInteger number(JsonNode jwk, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.get(field).asText()));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
