package ai.artcafe.gateway.callout.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.NKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/**
 * What the NATS server asks when a client connects.
 *
 * @param userNkey the key that the answer must be about
 * @param serverId the server's id
 * @param clientKind {@code Client} for a client
 * @param clientType {@code nats} for a plain client
 * @param nkey the client's public key as it claims it; empty when it gave none
 * @param signature the client's signature over the nonce, in base64
 * @param nonce what the server gave it to sign
 * @param connectionName the name that the client gave its connection
 * @param host the client's address, as the server sees it
 */
record CalloutRequest(
        String userNkey,
        String serverId,
        String clientKind,
        String clientType,
        String nkey,
        String signature,
        String nonce,
        String connectionName,
        String host) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a request, if it is signed by the server's key that it names as its issuer. */
    static Optional<CalloutRequest> read(byte[] token) {
        try {
            String[] parts = new String(token, StandardCharsets.US_ASCII).split("\\.", -1);
            if (parts.length != 3) {
                return Optional.empty();
            }
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            String issuer = claims.path("iss").asText();
            String signed = parts[0] + "." + parts[1];
            if (!NKey.isValidPublicServerKey(issuer.toCharArray())
                    || !verifies(issuer, signed, parts[2])) {
                return Optional.empty();
            }
            JsonNode nats = claims.path("nats");
            JsonNode options = nats.path("connect_opts");
            JsonNode client = nats.path("client_info");
            return Optional.of(
                    new CalloutRequest(
                            nats.path("user_nkey").asText(),
                            nats.path("server_id").path("id").asText(),
                            client.path("kind").asText(),
                            client.path("type").asText(),
                            options.path("nkey").asText(),
                            options.path("sig").asText(),
                            client.path("nonce").asText(),
                            options.path("name").asText(),
                            client.path("host").asText()));
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    boolean isPlainClient() {
        return clientKind.equals("Client") && clientType.equals("nats");
    }

    /** Whether the client holds the private half of its key: the server does not look. */
    boolean isSignedByClient() {
        return !nkey.isEmpty()
                && !nonce.isEmpty()
                && NKey.isValidPublicUserKey(nkey.toCharArray())
                && verifies(nkey, nonce, signature);
    }

    /** Clients send URL-safe base64 without padding, or standard base64 with it. */
    private static boolean verifies(String publicKey, String text, String signature) {
        try {
            byte[] bytes =
                    Base64.getUrlDecoder().decode(signature.replace('+', '-').replace('/', '_'));
            return NKey.fromPublicKey(publicKey.toCharArray())
                    .verify(text.getBytes(StandardCharsets.UTF_8), bytes);
        } catch (GeneralSecurityException | IOException | RuntimeException _) {
            return false;
        }
    }
}
