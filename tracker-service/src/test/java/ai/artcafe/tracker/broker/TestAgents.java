package ai.artcafe.tracker.broker;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.NatsIdentity;
import ai.artcafe.stack.NatsKeys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.support.JwtUtils;
import io.nats.client.support.JwtUtils.Permission;
import io.nats.client.support.JwtUtils.UserClaim;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * NKey-only agents inside slots, let in by a callout of its own, which checks no signature: what
 * the gateway does is not what is tested here.
 */
public final class TestAgents implements AutoCloseable {

    /** One that gave up early might be let in, and counted, all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Place(ConnectionOwner owner, Slot slot) {}

    private final URI server;
    private final NatsKeys platform;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<ConnectionOwner, NKey> keys = new ConcurrentHashMap<>();
    private final NKey issuer;
    private Connection callout;

    public TestAgents(LocalStack stack) throws Exception {
        this(stack.natsUrl(), stack.keys());
    }

    /**
     * @param server where the callout connects, and agents unless told otherwise
     */
    public TestAgents(URI server, NatsKeys platform) throws Exception {
        this.server = server;
        this.platform = platform;
        this.issuer = NKey.fromSeed(platform.seed(NatsIdentity.ISSUER).toCharArray());
        this.callout = openCallout();
    }

    private Connection openCallout() throws Exception {
        NKey key = NKey.fromSeed(platform.seed(NatsIdentity.RESPONDER).toCharArray());
        Connection made = Nats.connect(options(server, key).maxReconnects(-1).build());
        made.createDispatcher(this::answer).subscribe("$SYS.REQ.USER.AUTH", "callout");
        made.flush(PATIENCE);
        return made;
    }

    /** Connects as the owner, inside the slot; the same owner has the same key each time. */
    public Connection connect(ConnectionOwner owner, Slot slot) throws Exception {
        return connect(owner, slot, server);
    }

    /** Connects to that server. */
    public Connection connect(ConnectionOwner owner, Slot slot, URI to) throws Exception {
        return Nats.connect(options(to, key(owner, slot)).maxReconnects(0).build());
    }

    /** Whether connections are let in now; one that is not waits for long before it fails. */
    public boolean letsIn() {
        return callout.getStatus() == Connection.Status.CONNECTED;
    }

    /** The key of the owner, let into the slot. */
    public NKey key(ConnectionOwner owner, Slot slot) throws Exception {
        NKey key =
                keys.computeIfAbsent(
                        owner,
                        _ -> {
                            try {
                                return NKey.createUser(null);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        places.put(new String(key.getPublicKey()), new Place(owner, slot));
        return key;
    }

    private Options.Builder options(URI to, NKey key) {
        return Options.builder()
                .server(to.toString())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .bufferSize(4096)
                .connectionTimeout(PATIENCE)
                .errorListener(new ErrorListener() {})
                .authHandler(new Signer(key));
    }

    private void answer(Message request) {
        try {
            String[] parts = new String(request.getData(), StandardCharsets.US_ASCII).split("\\.");
            JsonNode nats = json.readTree(Base64.getUrlDecoder().decode(parts[1])).path("nats");
            String user = nats.path("user_nkey").asText();
            Place place = places.get(nats.path("connect_opts").path("nkey").asText());
            String verdict =
                    place == null
                            ? "\"error\":\"unknown\""
                            : "\"jwt\":\"" + userJwt(user, place) + '"';
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
            callout.publish(request.getReplyTo(), answer.getBytes(StandardCharsets.US_ASCII));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String userJwt(String user, Place place) throws Exception {
        SubjectScheme scheme = SubjectScheme.standard();
        String[] subscribe =
                scheme.subscribePermissions(place.owner().tenant()).toArray(String[]::new);
        String[] publish =
                switch (place.owner()) {
                    case ConnectionOwner.Agent(var tenant, var agent) ->
                            scheme.publishPermissions(tenant, agent).toArray(String[]::new);
                    case ConnectionOwner.Gateway _ -> subscribe;
                };
        return JwtUtils.issueJWT(
                issuer,
                user,
                place.owner().userName(),
                null,
                JwtUtils.currentTimeSeconds(),
                new String(issuer.getPublicKey()),
                place.slot().account(),
                new UserClaim(null)
                        .pub(new Permission().allow(publish))
                        .sub(new Permission().allow(subscribe)));
    }

    @Override
    public void close() throws Exception {
        callout.close();
    }

    private record Signer(NKey key) implements AuthHandler {

        @Override
        public byte[] sign(byte[] nonce) {
            try {
                return key.sign(nonce);
            } catch (GeneralSecurityException | java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public char[] getID() {
            try {
                return key.getPublicKey();
            } catch (GeneralSecurityException | java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public char[] getJWT() {
            return new char[0];
        }
    }
}
