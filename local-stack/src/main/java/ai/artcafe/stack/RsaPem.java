package ai.artcafe.stack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.jose4j.jwk.RsaJsonWebKey;

/** An RSA key pair as the PEM text of its private key, PKCS#8. */
final class RsaPem {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private RsaPem() {}

    static String write(RsaJsonWebKey key) {
        String body =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key.getPrivateKey().getEncoded());
        return BEGIN + "\n" + body + "\n" + END + "\n";
    }

    static RsaJsonWebKey read(String pem) {
        byte[] encoded = Base64.getMimeDecoder().decode(pem.replace(BEGIN, "").replace(END, ""));
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            if (rsa.generatePrivate(new PKCS8EncodedKeySpec(encoded))
                    instanceof RSAPrivateCrtKey secret) {
                RsaJsonWebKey key =
                        new RsaJsonWebKey(
                                (RSAPublicKey)
                                        rsa.generatePublic(
                                                new RSAPublicKeySpec(
                                                        secret.getModulus(),
                                                        secret.getPublicExponent())));
                key.setPrivateKey(secret);
                return key;
            }
            throw new StackException("the JWT key is not an RSA key with its public exponent");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StackException("the JWT key is not a PKCS#8 RSA key in PEM form", e);
        }
    }
}
