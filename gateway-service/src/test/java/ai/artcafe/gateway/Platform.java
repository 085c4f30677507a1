package ai.artcafe.gateway;

import static io.restassured.RestAssured.given;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.TokenIssuer;
import ai.artcafe.stack.TokenRequest;
import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the tests do to the running service as operators, admins and agents. */
public final class Platform {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Platform() {}

    private static Path keys() {
        return Path.of(setting("artcafe.nats.keys-directory"));
    }

    /** Of the present stack: each has keys of its own. */
    private static TokenIssuer tokens() {
        return TokenIssuer.in(keys(), Clock.systemUTC());
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    public static String token(TokenRequest request) {
        return tokens().token(request);
    }

    public static RequestSpecification asOperator() {
        return given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + token(TokenRequest.operator("olga")));
    }

    public static RequestSpecification as(String tenant, Role role) {
        return given().contentType(ContentType.JSON)
                .header(
                        "Authorization",
                        "Bearer " + token(TokenRequest.member("mia", new TenantId(tenant), role)));
    }

    /** A user whose token names no tenant. */
    public static RequestSpecification asStranger(String user) {
        TokenRequest request =
                new TokenRequest(user, Optional.empty(), Role.VIEWER, false, Duration.ofHours(1));
        return given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + tokens().token(request));
    }

    /** A tenant that only the calling test knows. */
    public static String tenant(String plan) {
        String id = "t-" + UUID.randomUUID().toString().substring(0, 8);
        asOperator()
                .body(Map.of("tenant_id", id, "name", "Test " + id, "plan", plan))
                .post("/api/v1/tenants")
                .then()
                .statusCode(201);
        return id;
    }

    /** An agent with an SSH key, registered. */
    public static Agent sshAgent(String tenant) {
        SshIdentity key = SshIdentity.create();
        String id = "a-" + UUID.randomUUID().toString().substring(0, 8);
        as(tenant, Role.ADMIN)
                .body(Map.of("agent_id", id, "ssh_public_key", key.publicKey()))
                .post("/api/v1/agents")
                .then()
                .statusCode(201);
        return new Agent(tenant, id, key);
    }

    /** An agent with an NKey, registered. */
    public static NatsAgent natsAgent(String tenant) {
        try {
            NKey key = NKey.createUser(null);
            String id = "n-" + UUID.randomUUID().toString().substring(0, 8);
            as(tenant, Role.ADMIN)
                    .body(Map.of("agent_id", id, "nkey_public_key", new String(key.getPublicKey())))
                    .post("/api/v1/agents")
                    .then()
                    .statusCode(201);
            return new NatsAgent(tenant, id, key);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection as one of the platform's own users. */
    public static Connection connectAs(String identity) throws Exception {
        NKey key =
                NKey.fromSeed(
                        Files.readString(keys().resolve(identity + ".nk")).strip().toCharArray());
        return connect(new Signing(key));
    }

    public static Connection connect(AuthHandler auth) throws Exception {
        return Nats.connect(options(auth).errorListener(new ErrorListener() {}).build());
    }

    /**
     * What the server says to one that it should not let in, as soon as it says so: {@link
     * #connect} would wait for its whole timeout.
     */
    public static String refusal(AuthHandler auth) throws Exception {
        CompletableFuture<String> said = new CompletableFuture<>();
        Nats.connectAsynchronously(
                options(auth)
                        .errorListener(
                                new ErrorListener() {
                                    @Override
                                    public void errorOccurred(Connection refused, String error) {
                                        said.complete(error);
                                    }
                                })
                        .connectionListener((_, event) -> {
                            if (event == ConnectionListener.Events.CONNECTED) {
                                said.complete("welcome");
                            }
                        })
                        .build(),
                false);
        return said.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Options.Builder options(AuthHandler auth) {
        return Options.builder()
                .server(setting("artcafe.nats.url"))
                .authHandler(auth)
                .connectionTimeout(PATIENCE)
                .noReconnect();
    }

    /** An agent at the WebSocket door. */
    public record Agent(String tenant, String id, SshIdentity key) {

        public String challenge() {
            return given().contentType(ContentType.JSON)
                    .body(Map.of("tenant_id", tenant, "agent_id", id))
                    .post("/api/v1/auth/agent/challenge")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("challenge");
        }

        public TestSocket connect() {
            String challenge = challenge();
            return TestSocket.open(tenant, id, challenge, key.sign(challenge));
        }

        /** At another gateway, with a challenge of this one. */
        public TestSocket connect(int port) {
            String challenge = challenge();
            return TestSocket.open(port, tenant, id, challenge, key.sign(challenge));
        }
    }

    /** An agent at the NATS door. */
    public record NatsAgent(String tenant, String id, NKey key) {
        public Connection connect() throws Exception {
            return Platform.connect(new Signing(key));
        }
    }

    /** Signs as any NATS client does. */
    public record Signing(NKey key) implements AuthHandler {
        @Override
        public byte[] sign(byte[] nonce) {
            try {
                return key.sign(nonce);
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public char[] getID() {
            try {
                return key.getPublicKey();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public char[] getJWT() {
            return null;
        }
    }
}
