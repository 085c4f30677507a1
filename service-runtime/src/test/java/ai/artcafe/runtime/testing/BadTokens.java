package ai.artcafe.runtime.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bearer tokens that do not hold, each for a reason of its own. */
public final class BadTokens {

    private static final long BEYOND_LEEWAY = 45;

    private final TokenForge forge;
    private final Map<String, Object> claims;
    private final Map<String, String> all = new LinkedHashMap<>();

    private BadTokens(TokenForge forge, Map<String, Object> claims) {
        this.forge = forge;
        this.claims = claims;
    }

    /**
     * By what is wrong with them.
     *
     * @param claims which would hold
     */
    public static Map<String, String> of(TokenForge forge, Map<String, Object> claims) {
        BadTokens bad = new BadTokens(forge, claims);
        bad.whatIsNoToken();
        bad.whatTheIssuerSaidOfSomethingElse();
        bad.whatTheIssuerNeverSigned();
        bad.whatMistakesOneKeyForAnother();
        return bad.all;
    }

    private void whatIsNoToken() {
        all.put("nonsense", "x");
        all.put("three letters", "a.b.c");
        all.put("dots", "..");
        all.put("five parts", "a.b.c.d.e");
        all.put("10 KB of nonsense", "x".repeat(10 * 1024));
        all.put("10 KB with dots", ("x".repeat(50) + ".").repeat(200));
        all.put("no ASCII", "t\u00f6k\u00e9n.\u00fc.\u00df");
        String[] good = forge.rs256(claims).split("\\.");
        all.put("a head that is no JSON", text("{") + "." + good[1] + "." + good[2]);
        all.put("claims that are no JSON", good[0] + "." + text("[]") + "." + good[2]);
    }

    private void whatTheIssuerSaidOfSomethingElse() {
        long now = Instant.now().getEpochSecond();
        put("an expired one", "exp", now - BEYOND_LEEWAY);
        put("one that is not valid yet", "nbf", now + BEYOND_LEEWAY + 600);
        put("one for another audience", "aud", "someone-else");
        put("one of another issuer", "iss", "someone-else");
        for (String needed : List.of("exp", "aud", "iss", "sub")) {
            all.put("one without " + needed, forge.rs256(TokenForge.without(claims, needed)));
        }
    }

    private void put(String what, String claim, Object value) {
        all.put(what, forge.rs256(TokenForge.but(claims, claim, value)));
    }

    private void whatTheIssuerNeverSigned() {
        String[] good = forge.rs256(claims).split("\\.");
        String changed =
                forge.rs256(TokenForge.but(claims, "groups", List.of("operator"))).split("\\.")[1];
        byte[] signature = Base64.getUrlDecoder().decode(good[2]);
        signature[signature.length / 2] ^= 1;
        all.put("a broken signature", good[0] + "." + good[1] + "." + TokenForge.base64(signature));
        all.put("no signature", good[0] + "." + good[1] + ".");
        all.put("changed claims", good[0] + "." + changed + "." + good[2]);
        all.put("alg none", forge.unsigned("none", claims));
        all.put("alg None", forge.unsigned("None", claims));
        TokenForge foreign = forge.withForeignKeys();
        all.put("another's signature", foreign.rs256(claims));
        all.put(
                "another's signature, and their key with it",
                foreign.signed(
                        "SHA256withRSA", Map.of("alg", "RS256", "jwk", foreign.jwk()), claims));
        all.put(
                "another's signature, and where their key is",
                foreign.signed(
                        "SHA256withRSA",
                        Map.of("alg", "RS256", "jku", "http://127.0.0.1:9/jwks.json"),
                        claims));
        all.put(
                "a key that nobody knows",
                forge.signed("SHA256withRSA", Map.of("alg", "RS256", "kid", "nobody's"), claims));
    }

    /** The public key, which everyone knows, as a shared secret in each of its spellings. */
    private void whatMistakesOneKeyForAnother() {
        byte[] der = forge.publicKey().getEncoded();
        String pem =
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n";
        all.put("HS256 with the public key", forge.hs256(der, claims));
        all.put(
                "HS256 with the public key's PEM",
                forge.hs256(pem.getBytes(StandardCharsets.US_ASCII), claims));
        all.put(
                "HS256 with the public key's modulus",
                forge.hs256(forge.jwk().get("n").getBytes(StandardCharsets.US_ASCII), claims));
        all.put(
                "ES256 with the RSA key",
                forge.signed("SHA256withRSA", Map.of("alg", "ES256"), claims));
        all.put(
                "RS512, which is not agreed",
                forge.signed("SHA512withRSA", Map.of("alg", "RS512"), claims));
    }

    private static String text(String json) {
        return TokenForge.base64(json.getBytes(StandardCharsets.UTF_8));
    }
}
