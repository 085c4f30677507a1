package ai.artcafe.system.bench;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.stack.TokenRequest;
import ai.artcafe.stack.demo.GatewayApi;
import ai.artcafe.stack.demo.SshIdentity;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import io.nats.client.NKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** A tenant without limits, and the agents that the benchmarks drive. */
final class Agents {

    private final TenantId tenant = new TenantId("bench");
    private final Platform platform;
    private final GatewayApi api;
    private final SshIdentity sshKey;
    private final String slot;

    Agents(Platform platform) {
        this.platform = platform;
        this.sshKey = SshIdentity.in(platform.stack().keysDirectory().resolve("bench-agent.key"));
        this.api =
                new GatewayApi(
                        platform.url(Service.GATEWAY),
                        platform.stack().tokens().token(TokenRequest.operator("bench")));
        this.slot =
                api.createTenant(tenant, "Benchmark", Plan.ENTERPRISE)
                        .required("the tenant")
                        .get("slot")
                        .textValue();
    }

    TenantId tenant() {
        return tenant;
    }

    /** The NATS account that the tenant lives in. */
    String slot() {
        return slot;
    }

    /** Registers an agent of the NATS door. */
    NKey nats(String agent) throws GeneralSecurityException, IOException {
        NKey key = NKey.createUser(null);
        register(new AgentId(agent), "nkey_public_key", new String(key.getPublicKey()));
        return key;
    }

    /** Registers an agent of the WebSocket door; the address lets it in once. */
    URI socket(String agent) {
        AgentId id = new AgentId(agent);
        register(id, "ssh_public_key", sshKey.publicKey());
        return address(id);
    }

    /** Registers an agent of the WebSocket door; each of the addresses lets it in once. */
    List<URI> sockets(String agent, int count) {
        List<URI> addresses = new ArrayList<>();
        addresses.add(socket(agent));
        while (addresses.size() < count) {
            addresses.add(address(new AgentId(agent)));
        }
        return addresses;
    }

    private URI address(AgentId id) {
        String challenge = api.challenge(tenant, id);
        URI gateway = platform.url(Service.GATEWAY);
        return URI.create(
                "ws://%s:%d/ws/agent/%s?tenant_id=%s&challenge=%s&signature=%s"
                        .formatted(
                                gateway.getHost(),
                                gateway.getPort(),
                                id,
                                tenant,
                                encode(challenge),
                                encode(sshKey.sign(challenge))));
    }

    private void register(AgentId agent, String keyField, String key) {
        api.registerAgent(tenant, agent, keyField, key).required("agent " + agent);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
