package ai.artcafe.system.bench;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.TokenRequest;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.NKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A tenant without limits, and the agents that the benchmarks drive. */
final class Agents {

    /** Of an Ed25519 key in X.509 form, the last 32 bytes are the key itself. */
    private static final int ED25519_KEY_BYTES = 32;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Platform platform;
    private final TenantId tenant = new TenantId("bench");

    Agents(Platform platform) throws IOException, InterruptedException {
        this.platform = platform;
        post(
                "/api/v1/tenants",
                true,
                Map.of("tenant_id", tenant.value(), "name", "Benchmark", "plan", "enterprise"));
    }

    TenantId tenant() {
        return tenant;
    }

    /** Registers an agent of the NATS door. */
    NKey nats(String agent) throws IOException, InterruptedException, GeneralSecurityException {
        NKey key = NKey.createUser(null);
        post(
                "/api/v1/agents",
                false,
                Map.of("agent_id", agent, "nkey_public_key", new String(key.getPublicKey())));
        return key;
    }

    /** Registers an agent of the WebSocket door; the address lets it in once. */
    URI socket(String agent) throws IOException, InterruptedException, GeneralSecurityException {
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        post(
                "/api/v1/agents",
                false,
                Map.of("agent_id", agent, "ssh_public_key", opensshPublicKey(key)));
        String challenge =
                JSON.readTree(
                                post(
                                        "/api/v1/auth/agent/challenge",
                                        false,
                                        Map.of("tenant_id", tenant.value(), "agent_id", agent)))
                        .get("challenge")
                        .textValue();
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(key.getPrivate());
        signer.update(challenge.getBytes(StandardCharsets.UTF_8));
        String signature = Base64.getEncoder().encodeToString(signer.sign());
        URI gateway = platform.url(Service.GATEWAY);
        return URI.create(
                "ws://%s:%d/ws/agent/%s?tenant_id=%s&challenge=%s&signature=%s"
                        .formatted(
                                gateway.getHost(),
                                gateway.getPort(),
                                agent,
                                tenant,
                                encode(challenge),
                                encode(signature)));
    }

    private static String opensshPublicKey(KeyPair key) {
        byte[] spki = key.getPublic().getEncoded();
        byte[] type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        byte[] point = Arrays.copyOfRange(spki, spki.length - ED25519_KEY_BYTES, spki.length);
        byte[] wire =
                java.nio.ByteBuffer.allocate(8 + type.length + point.length)
                        .putInt(type.length)
                        .put(type)
                        .putInt(point.length)
                        .put(point)
                        .array();
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(wire);
    }

    private String post(String path, boolean operator, Map<String, String> body)
            throws IOException, InterruptedException {
        String token =
                platform.stack()
                        .tokens()
                        .token(
                                new TokenRequest(
                                        "bench",
                                        operator ? Optional.empty() : Optional.of(tenant),
                                        Role.ADMIN,
                                        operator,
                                        Duration.ofHours(1)));
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(platform.url(Service.GATEWAY).resolve(path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                JSON.writeValueAsString(body)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + answer.body());
        }
        return answer.body();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
