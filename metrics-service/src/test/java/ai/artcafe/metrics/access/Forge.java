package ai.artcafe.metrics.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand: good ones, and those that no library would make. */
final class Forge {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final String keyId;

    private Forge(PrivateKey privateKey, PublicKey publicKey, String keyId) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.keyId = keyId;
    }

    /** With the issuer's own keys. */
    static Forge in(Path keys) throws IOException, GeneralSecurityException {
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        String pem =
                Files.readString(keys.resolve("jwt-private.pem"))
                        .replaceAll("-----[A-Z ]+-----", "");
        JsonNode jwk = JSON.readTree(keys.resolve("jwks.json").toFile()).at("/keys/0");
        return new Forge(
                rsa.generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem))),
                rsa.generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e"))),
                jwk.get("kid").asText());
    }

    /** With keys of its own, under the issuer's key id. */
    Forge withForeignKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return new Forge(generator.generateKeyPair().getPrivate(), publicKey, keyId);
    }

    String rs256(Map<String, ?> claims) throws IOException, GeneralSecurityException {
        String input = input("RS256", claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(privateKey);
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + base64(signature.sign());
    }

    /**
     * The public key, which everyone knows, taken for a shared secret: in each of its spellings.
     */
    List<String> hs256WithPublicKey(Map<String, ?> claims)
            throws IOException, GeneralSecurityException {
        String der =
                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.getEncoded());
        String pem = "-----BEGIN PUBLIC KEY-----\n" + der + "\n-----END PUBLIC KEY-----\n";
        return List.of(
                hs256(publicKey.getEncoded(), claims),
                hs256(pem.getBytes(StandardCharsets.US_ASCII), claims));
    }

    String unsigned(String algorithm, Map<String, ?> claims) throws IOException {
        return input(algorithm, claims) + ".";
    }

    private String hs256(byte[] secret, Map<String, ?> claims)
            throws IOException, GeneralSecurityException {
        String input = input("HS256", claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private String input(String algorithm, Map<String, ?> claims) throws IOException {
        return base64(JSON.writeValueAsBytes(Map.of("alg", algorithm, "kid", keyId, "typ", "JWT")))
                + "."
                + base64(JSON.writeValueAsBytes(claims));
    }

    private static BigInteger number(JsonNode jwk, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.get(field).asText()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
