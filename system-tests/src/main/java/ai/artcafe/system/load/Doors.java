package ai.artcafe.system.load;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.stack.StackException;
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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Registers tenants and agents, and lets agents in: at NATS, and at the gateways in turn. */
final class Doors {

    private record Gateway(URI address, GatewayApi api) {}

    private final URI nats;
    private final List<Gateway> gateways;
    private final SshIdentity ssh;
    private final AtomicInteger turn = new AtomicInteger();

    private Doors(URI nats, List<Gateway> gateways, SshIdentity ssh) {
        this.nats = nats;
        this.gateways = gateways;
        this.ssh = ssh;
    }

    /**
     * @param gateways how many of the platform's gateways are used
     */
    static Doors of(Platform platform, int gateways) {
        String token = platform.stack().tokens().token(TokenRequest.operator("load"));
        return new Doors(
                platform.stack().natsUrl(),
                IntStream.rangeClosed(1, gateways)
                        .mapToObj(number -> platform.url(Service.GATEWAY, number))
                        .map(address -> new Gateway(address, new GatewayApi(address, token)))
                        .toList(),
                SshIdentity.in(platform.stack().keysDirectory().resolve("load-agents.key")));
    }

    /** A tenant without limits. */
    void createTenant(TenantId tenant) {
        gateways.getFirst()
                .api
                .createTenant(tenant, "Load " + tenant, Plan.ENTERPRISE)
                .required("tenant " + tenant);
    }

    LoadAgent enrol(TenantId tenant, AgentId agent, Door door) {
        return switch (door) {
            case NATS -> {
                NKey key = newKey();
                register(tenant, agent, "nkey_public_key", publicKey(key));
                yield new LoadAgent(
                        agent, door, () -> NatsAgentConnection.open(nats, tenant, agent, key));
            }
            case WEBSOCKET -> {
                register(tenant, agent, "ssh_public_key", ssh.publicKey());
                yield new LoadAgent(agent, door, () -> openSocket(tenant, agent));
            }
        };
    }

    private void register(TenantId tenant, AgentId agent, String field, String key) {
        gateways.getFirst().api.registerAgent(tenant, agent, field, key).required("agent " + agent);
    }

    private AgentConnection openSocket(TenantId tenant, AgentId agent) throws IOException {
        Gateway gateway = gateways.get(Math.floorMod(turn.getAndIncrement(), gateways.size()));
        String challenge;
        try {
            challenge = gateway.api.challenge(tenant, agent);
        } catch (StackException e) {
            throw new IOException(e.getMessage(), e);
        }
        return SocketAgentConnection.open(
                agent,
                URI.create(
                        "ws://%s:%d/ws/agent/%s?tenant_id=%s&challenge=%s&signature=%s"
                                .formatted(
                                        gateway.address.getHost(),
                                        gateway.address.getPort(),
                                        agent,
                                        tenant,
                                        encode(challenge),
                                        encode(ssh.sign(challenge)))));
    }

    private static NKey newKey() {
        try {
            return NKey.createUser(null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no NKey could be made", e);
        }
    }

    private static String publicKey(NKey key) {
        try {
            return new String(key.getPublicKey());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the NKey has no public key", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
