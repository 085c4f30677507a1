package ai.artcafe.stack.demo;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.broker.NKeyPair;
import ai.artcafe.stack.broker.SeedClient;
import java.io.IOException;
import java.net.URI;

/** At the NATS door: a seed, and a plain client. */
record NatsAgent(TenantId tenant, AgentId id, NKeyPair key, URI nats) implements DemoAgent {

    @Override
    public void register(GatewayApi gateway) {
        gateway.registerAgent(tenant, id, "nkey_public_key", key.publicKey())
                .doneOrThere("agent " + id);
    }

    @Override
    public Session connect() throws IOException, InterruptedException {
        SeedClient client = SeedClient.connect(nats, id.value(), key.seed());
        client.subscribe("tenant." + tenant + ".results.>", (_, _) -> "");
        client.subscribe(
                "tenant." + tenant + ".agent." + id + ".>", (_, _) -> "{\"understood\":true}");
        return new NatsSession(client);
    }

    private final class NatsSession implements Session {

        private final SeedClient client;

        NatsSession(SeedClient client) {
            this.client = client;
        }

        @Override
        public boolean isOpen() {
            return client.isOpen();
        }

        @Override
        public void heartbeat(String state) {
            client.publish("_HEARTBEAT.tenant." + tenant + ".client." + id, "{" + state + "}");
        }

        @Override
        public void publish(String subject, String json) {
            client.publishDated("tenant." + tenant + "." + subject, json);
        }

        @Override
        public void ask(String subject, String json) {
            client.ask("tenant." + tenant + "." + subject, json);
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
