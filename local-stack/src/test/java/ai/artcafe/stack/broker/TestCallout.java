package ai.artcafe.stack.broker;

import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.NatsIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import io.nats.client.support.JwtUtils.Permission;
import io.nats.client.support.JwtUtils.UserClaim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Places known public keys into slots, as the gateway's callout does; it checks no signature. */
final class TestCallout implements AutoCloseable {

    /** Where a key belongs. */
    record Place(String tenant, String name, String slot) {}

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Place> places;
    private final NKey issuer;
    private final Connection connection;

    TestCallout(LocalStack stack, Map<String, Place> places) throws Exception {
        this.places = places;
        issuer = NKey.fromSeed(stack.keys().seed(NatsIdentity.ISSUER).toCharArray());
        connection =
                TestClients.connect(stack, stack.keys().seed(NatsIdentity.RESPONDER), "_INBOX");
        connection.createDispatcher(this::answer).subscribe("$SYS.REQ.USER.AUTH", "callout");
        connection.flush(TestClients.PATIENCE);
    }

    private void answer(Message request) {
        try {
            String[] parts = new String(request.getData(), StandardCharsets.US_ASCII).split("\\.");
            JsonNode nats = json.readTree(Base64.getUrlDecoder().decode(parts[1])).path("nats");
            Place place = places.get(nats.path("connect_opts").path("nkey").asText());
            String user = nats.path("user_nkey").asText();
            String verdict =
                    place == null ? "\"error\":\"unknown\"" : "\"jwt\":\"" + jwt(user, place) + '"';
            String answer =
                    JwtUtils.issueJWT(
                            issuer,
                            user,
                            null,
                            Duration.ofSeconds(30),
                            JwtUtils.currentTimeSeconds(),
                            new String(issuer.getPublicKey()),
                            nats.path("server_id").path("id").asText(),
                            () ->
                                    "{\"type\":\"authorization_response\",\"version\":2,"
                                            + verdict
                                            + "}");
            connection.publish(request.getReplyTo(), answer.getBytes(StandardCharsets.US_ASCII));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String jwt(String user, Place place) throws Exception {
        String[] allowed = {"tenant." + place.tenant() + ".>", "_INBOX.>"};
        return JwtUtils.issueJWT(
                issuer,
                user,
                place.name(),
                null,
                JwtUtils.currentTimeSeconds(),
                new String(issuer.getPublicKey()),
                place.slot(),
                new UserClaim(null)
                        .pub(new Permission().allow(allowed))
                        .sub(new Permission().allow(allowed)));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
