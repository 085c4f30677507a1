package ai.artcafe.system;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.NatsAgent;
import ai.artcafe.system.client.SocketAgent;
import ai.artcafe.system.client.SshKey;
import io.nats.client.NKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Two agents of one tenant, one at each door, who talk to each other, with their own account of
 * what they said and heard.
 */
final class Conversation implements AutoCloseable {

    static final String SOCKET_AGENT = "socket-agent";
    static final String NATS_AGENT = "nats-agent";

    private final TenantId tenant;
    private final SocketAgent socketAgent;
    private final NatsAgent natsAgent;
    private Traffic saidOnSocket = Traffic.NONE;
    private Traffic saidOnNats = Traffic.NONE;

    private Conversation(TenantId tenant, SocketAgent socketAgent, NatsAgent natsAgent) {
        this.tenant = tenant;
        this.socketAgent = socketAgent;
        this.natsAgent = natsAgent;
    }

    static Conversation begin(TenantId tenant, Path folder) throws Exception {
        Api api = RunningPlatform.api();
        SshKey ssh = SshKey.generate(folder, tenant.value());
        NKey nkey = NatsAgent.newKey();
        String socketId = id(tenant, SOCKET_AGENT);
        String natsId = id(tenant, NATS_AGENT);
        api.registerAgent(tenant, socketId, "ssh_public_key", ssh.publicKey());
        api.registerAgent(tenant, natsId, "nkey_public_key", NatsAgent.publicKey(nkey));

        SocketAgent socketAgent = SocketAgent.connect(api, tenant, socketId, ssh);
        NatsAgent natsAgent = NatsAgent.connect(RunningPlatform.platform().stack().natsUrl(), nkey);
        socketAgent.subscribe("to.socket");
        natsAgent.subscribe("tenant." + tenant + ".to.nats");
        return new Conversation(tenant, socketAgent, natsAgent);
    }

    /** Agent ids are unique on the platform. */
    static String id(TenantId tenant, String agent) {
        return tenant + "-" + agent;
    }

    /**
     * Each agent sends the other so many messages of growing size; returns when all have arrived.
     */
    void exchange(int messagesEach) {
        for (int i = 0; i < messagesEach; i++) {
            // spaces and an escape: what counts is the data as compact JSON
            String words = "\"n" + i + "\\u00e9" + "x".repeat(i % 50) + "\"";
            String compact = "{\"n\":" + i + ",\"words\":" + words + "}";
            String spaced = "{ \"n\" : " + i + " , \"words\" : " + words + " }";
            socketAgent.publish("to.nats", spaced, tenant + "-" + saidOnSocket.messages());
            saidOnSocket = saidOnSocket.plus(1, bytes(compact));

            natsAgent.publish("tenant." + tenant + ".to.socket", compact);
            saidOnNats = saidOnNats.plus(1, bytes(compact));
        }
        natsAgent.flush();
        Awaitility.await("every message to arrive")
                .atMost(Duration.ofSeconds(180))
                .until(() ->
                        natsAgent.delivered().messages() == saidOnSocket.messages()
                                && socketAgent.delivered() == saidOnNats.messages()
                                && socketAgent.acknowledged() == saidOnSocket.messages());
    }

    Traffic saidOnSocket() {
        return saidOnSocket;
    }

    Traffic saidOnNats() {
        return saidOnNats;
    }

    /** What both agents published, by their own account. */
    Traffic published() {
        return saidOnSocket.plus(saidOnNats);
    }

    /** What both agents were handed; at the NATS door with the headers that came along. */
    Traffic delivered() {
        return saidOnNats.plus(natsAgent.delivered());
    }

    Traffic heardOnNats() {
        return natsAgent.delivered();
    }

    @Override
    public void close() {
        socketAgent.close();
        natsAgent.close();
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
