package ai.artcafe.system.client;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.stack.TokenIssuer;
import ai.artcafe.stack.TokenRequest;
import ai.artcafe.stack.demo.GatewayApi;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.NKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** REST calls with a token, as a person or a program would make them. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI gateway;
    private final URI metrics;
    private final TokenIssuer tokens;
    private final LocalDate began = LocalDate.now(ZoneOffset.UTC);

    public Api(URI gateway, URI metrics, TokenIssuer tokens) {
        this.gateway = gateway;
        this.metrics = metrics;
        this.tokens = tokens;
    }

    /** An answer, whatever its status. */
    public record Answer(int status, JsonNode body) {}

    public void createTenant(TenantId tenant, String plan) {
        asOperator().createTenant(tenant, "Tenant " + tenant, Plan.of(plan)).required("a tenant");
    }

    /** Registers an agent with one of {@code ssh_public_key}, {@code nkey_public_key}. */
    public void registerAgent(TenantId tenant, String agent, String keyField, String publicKey) {
        asOperator()
                .registerAgent(tenant, new AgentId(agent), keyField, publicKey)
                .required("an agent");
    }

    /** Registers an agent with keys for both doors. */
    public void registerAgent(TenantId tenant, String agent, String sshKey, NKey nkey) {
        String body =
                "{\"agent_id\":\"%s\",\"ssh_public_key\":\"%s\",\"nkey_public_key\":\"%s\"}"
                        .formatted(agent, sshKey, NatsAgent.publicKey(nkey));
        expect(201, onGateway("POST", "/api/v1/agents", token(tenant, Role.ADMIN), body));
    }

    public Answer deleteAgent(TenantId tenant, String agent) {
        return onGateway("DELETE", "/api/v1/agents/" + agent, token(tenant, Role.ADMIN), "");
    }

    /** A merge patch of a tenant's record, such as {@code {"limits":{"messages_per_day":10}}}. */
    public void changeTenant(TenantId tenant, String patch) {
        String token = tokens.token(TokenRequest.operator("operator"));
        expect(200, onGateway("PATCH", "/api/v1/tenants/" + tenant, token, patch));
    }

    /** Whatever may be asked of a gateway with a JSON body. */
    public Answer onGateway(String method, String path, String token, String body) {
        return send(
                request(gateway.resolve(path), token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)));
    }

    public String challenge(TenantId tenant, String agent) {
        return asOperator().challenge(tenant, new AgentId(agent));
    }

    private GatewayApi asOperator() {
        return new GatewayApi(gateway, tokens.token(TokenRequest.operator("operator")));
    }

    /**
     * {@code GET /api/v1/usage/stats} of today; of all days since this was made, once a day in UTC
     * has ended meanwhile.
     */
    public JsonNode usage(TenantId tenant) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        if (!today.equals(began)) {
            return usage(tenant, began, today.plusDays(1));
        }
        Answer answer = get(metrics.resolve("/api/v1/usage/stats"), token(tenant, Role.VIEWER));
        return expect(200, answer).body();
    }

    /**
     * {@code GET /api/v1/usage/stats} of whole days in UTC.
     *
     * @param to the first day after them
     */
    public JsonNode usage(TenantId tenant, LocalDate from, LocalDate to) {
        Answer answer =
                get(
                        metrics.resolve("/api/v1/usage/stats?from=" + from + "&to=" + to),
                        token(tenant, Role.VIEWER));
        return expect(200, answer).body();
    }

    public Answer get(URI uri, String token) {
        return send(request(uri, token).GET());
    }

    public Answer getFromMetrics(String path, String token) {
        return get(metrics.resolve(path), token);
    }

    public Answer getFromGateway(String path, String token) {
        return get(gateway.resolve(path), token);
    }

    public String token(TenantId tenant, Role role) {
        return tokens.token(TokenRequest.member("tester", tenant, role));
    }

    /** The same for a while only. */
    public String token(TenantId tenant, Role role, Duration ttl) {
        return tokens.token(new TokenRequest("tester", Optional.of(tenant), role, false, ttl));
    }

    public URI gateway() {
        return gateway;
    }

    private static HttpRequest.Builder request(URI uri, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new AssertionError("no answer from " + request.build().uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Answer expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + " but got " + answer);
        }
        return answer;
    }
}
