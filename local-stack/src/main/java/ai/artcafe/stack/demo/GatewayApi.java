package ai.artcafe.stack.demo;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.stack.StackException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The few calls of the gateway's REST API that the command line and the demo make. */
public final class GatewayApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int CONFLICT = 409;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI gateway;
    private final String token;

    /**
     * @param token a JWT of an operator
     */
    public GatewayApi(URI gateway, String token) {
        this.gateway = gateway;
        this.token = token;
    }

    /** What the gateway answered. */
    public record Answer(int status, JsonNode body) {

        public boolean isDone() {
            return status >= 200 && status < 300;
        }

        /** The body, when it is done or was done before. */
        public JsonNode doneOrThere(String what) {
            return status == CONFLICT ? body : required(what);
        }

        /**
         * The body of a success.
         *
         * @throws StackException with the problem that the gateway named
         */
        public JsonNode required(String what) {
            if (isDone()) {
                return body;
            }
            throw new StackException(
                    what
                            + " was refused: "
                            + status
                            + " "
                            + body.path("code").asText("")
                            + " "
                            + body.path("detail").asText(body.path("title").asText("")));
        }
    }

    public Answer createTenant(TenantId tenant, String name, Plan plan) {
        ObjectNode body = json.createObjectNode();
        body.put("tenant_id", tenant.value());
        body.put("name", name);
        body.put("plan", plan.id());
        return post("/api/v1/tenants", body, request());
    }

    /**
     * @param keyField {@code ssh_public_key} or {@code nkey_public_key}
     */
    public Answer registerAgent(TenantId tenant, AgentId agent, String keyField, String key) {
        ObjectNode body = json.createObjectNode();
        body.put("agent_id", agent.value());
        body.put("name", agent.value());
        body.put(keyField, key);
        return post("/api/v1/agents", body, request().header("X-Tenant-Id", tenant.value()));
    }

    /** A fresh challenge for the agent to sign; no JWT is needed for it. */
    public String challenge(TenantId tenant, AgentId agent) {
        ObjectNode body = json.createObjectNode();
        body.put("tenant_id", tenant.value());
        body.put("agent_id", agent.value());
        return post("/api/v1/auth/agent/challenge", body, HttpRequest.newBuilder())
                .required("a challenge for " + agent)
                .path("challenge")
                .asText();
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
    }

    private Answer post(String path, ObjectNode body, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(
                            request.uri(gateway.resolve(path))
                                    .timeout(TIMEOUT)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), parse(response.body()));
        } catch (IOException e) {
            throw new StackException(
                    "the gateway does not answer at " + gateway + ": is the platform up?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while asking the gateway", e);
        }
    }

    private JsonNode parse(String body) {
        try {
            return body.isBlank() ? json.createObjectNode() : json.readTree(body);
        } catch (JsonProcessingException e) {
            return json.createObjectNode().put("detail", "an answer that is not JSON");
        }
    }
}
