package ai.artcafe.stack.demo;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.stack.SecretFile;
import ai.artcafe.stack.TokenIssuer;
import ai.artcafe.stack.TokenRequest;
import ai.artcafe.stack.broker.NKeyPair;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The tenant {@code demo} and its agents, talking until it is closed. */
public final class Demo implements AutoCloseable {

    public static final TenantId TENANT = new TenantId("demo");

    private static final List<String> AT_THE_GATEWAY =
            List.of("demo-planner", "demo-researcher", "demo-writer");
    private static final List<String> AT_NATS =
            List.of("demo-crawler", "demo-indexer", "demo-critic");

    private final List<Thread> conversations;

    private Demo(List<Thread> conversations) {
        this.conversations = conversations;
    }

    /**
     * Where the demo connects, and with what.
     *
     * @param keys folder of the agents' keys, so that they are the same ones the next time
     */
    public record Access(URI gateway, URI nats, Path keys, TokenIssuer tokens) {}

    /** Creates what is missing and lets the agents talk. */
    public static Demo start(Access access) {
        GatewayApi operator =
                new GatewayApi(
                        access.gateway(), access.tokens().token(TokenRequest.operator("demo")));
        operator.createTenant(TENANT, "Demo", Plan.ENTERPRISE).doneOrThere("tenant " + TENANT);
        List<Thread> conversations = new ArrayList<>();
        for (DemoAgent agent : agents(access, operator)) {
            agent.register(operator);
            conversations.add(
                    Thread.ofVirtual()
                            .name(agent.id().value())
                            .unstarted(
                                    new Conversation(
                                            agent,
                                            AT_NATS.stream().map(AgentId::new).toList(),
                                            new Random(agent.id().hashCode()))));
        }
        conversations.forEach(Thread::start);
        return new Demo(List.copyOf(conversations));
    }

    private static List<DemoAgent> agents(Access access, GatewayApi operator) {
        HttpClient http = HttpClient.newHttpClient();
        List<DemoAgent> agents = new ArrayList<>();
        for (String name : AT_THE_GATEWAY) {
            agents.add(
                    new WebSocketAgent(
                            TENANT,
                            new AgentId(name),
                            SshIdentity.in(access.keys().resolve(name + ".ed25519")),
                            access.gateway(),
                            operator,
                            http));
        }
        for (String name : AT_NATS) {
            agents.add(
                    new NatsAgent(
                            TENANT,
                            new AgentId(name),
                            seed(access.keys().resolve(name + ".nk")),
                            access.nats()));
        }
        return agents;
    }

    private static NKeyPair seed(Path file) {
        if (Files.exists(file)) {
            return NKeyPair.ofSeed(SecretFile.read(file).strip());
        }
        NKeyPair pair = NKeyPair.newUser();
        SecretFile.write(file, pair.seed() + "\n");
        return pair;
    }

    /** Who is there, in a few words. */
    public String summary() {
        return "tenant "
                + TENANT
                + ", "
                + AT_THE_GATEWAY.size()
                + " + "
                + AT_NATS.size()
                + " agents";
    }

    @Override
    public void close() {
        conversations.forEach(Thread::interrupt);
    }
}
