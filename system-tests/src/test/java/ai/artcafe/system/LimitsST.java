package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.Dashboard;
import ai.artcafe.system.client.FloodingAgent;
import ai.artcafe.system.client.NatsAgent;
import ai.artcafe.system.client.SocketAgent;
import ai.artcafe.system.client.SshKey;
import ai.artcafe.system.client.UsageView;
import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Connection;
import io.nats.client.NKey;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of agents that go beyond what their tenant has bought. */
@Execution(ExecutionMode.CONCURRENT)
class LimitsST {

    private static final int TOO_MANY_REQUESTS = 429;

    /** How much the clocks of those who refuse and of this test may seem to differ. */
    private static final Duration BLUR = Duration.ofSeconds(1);

    @TempDir Path folder;

    private final Api api = BreakablePlatform.api();
    private final URI nats = BreakablePlatform.platform().stack().natsUrl();
    private final TenantId tenant = BreakablePlatform.newTenants(1).getFirst();
    private final NKey nkey = NatsAgent.newKey();
    private final String flooding = tenant + "-flooding";

    @Test
    void who_stays_above_its_rate_at_the_nats_door_is_warned_then_refused_for_a_while()
            throws Exception {
        api.createTenant(tenant, "free");
        api.changeTenant(tenant, "{\"limits\":{\"agent_messages_per_second\":5}}");
        SshKey ssh = SshKey.generate(folder, "flooding");
        api.registerAgent(tenant, flooding, ssh.publicKey(), nkey);

        FloodingAgent agent = FloodingAgent.begin(nats, tenant, flooding, nkey);
        Instant ends = expectToBeCutOff(agent, "limit_exceeded", "agent_messages_per_second", 5);
        expectRefusal(ssh, ends);
        try (NatsAgent again = letIn()) {
            assertThat(Instant.now()).isAfter(ends.minus(BLUR));
            again.publish("tenant." + tenant + ".flood", "1");
            again.flush();
        }

        UsageView usage = expectNobodyToBeBilledForWarnings(agent);
        assertThat(usage.published().messages()).isBetween(110L, agent.sent() + 1);
    }

    @Test
    void a_tenant_is_told_how_its_day_fills_and_refused_at_all_doors_when_it_is_full()
            throws Exception {
        Today.awaitRoom();
        api.createTenant(tenant, "free");
        api.changeTenant(
                tenant,
                "{\"limits\":{\"messages_per_day\":100,\"agent_messages_per_second\":\"unlimited\","
                        + "\"tenant_messages_per_second\":\"unlimited\"}}");
        SshKey ssh = SshKey.generate(folder, "steady");
        String steady = tenant + "-steady";
        api.registerAgent(tenant, steady, "ssh_public_key", ssh.publicKey());
        api.registerAgent(tenant, flooding, ssh.publicKey(), nkey);
        String admin = api.token(tenant, Role.ADMIN);
        api.onGateway("POST", "/api/v1/channels", admin, "{\"channel_id\":\"news\"}");

        try (SocketAgent agent = SocketAgent.connect(api, tenant, steady, ssh);
                Dashboard dashboard =
                        Dashboard.connect(api, tenant, api.token(tenant, Role.VIEWER)).join()) {
            int said = 0;
            for (int level : new int[] {80, 90, 100}) {
                for (; said < level; said++) {
                    agent.publish("work", "1", "w-" + said);
                }
                for (JsonNode usage : List.of(agent.await("usage"), dashboard.await("usage"))) {
                    assertThat(usage.path("level").asInt()).as("%s", usage).isEqualTo(level);
                    assertThat(usage.path("messages_today").asInt()).isEqualTo(level);
                    assertThat(usage.path("remaining").asInt()).isEqualTo(100 - level);
                }
            }
            agent.publish("work", "1", "one-more");
            JsonNode error = agent.await("error");
            assertThat(error.path("code").asText()).isEqualTo("quota_exceeded");
            assertThat(error.path("id").asText()).isEqualTo("one-more");
            assertThat(error.path("retry_after_ms").asLong()).isPositive();
            Api.Answer refused =
                    api.onGateway(
                            "POST",
                            "/api/v1/channels/news/messages",
                            api.token(tenant, Role.MEMBER),
                            "{\"data\":1}");
            assertThat(refused.status()).isEqualTo(TOO_MANY_REQUESTS);
            assertThat(refused.body().path("code").asText()).isEqualTo("quota_exceeded");

            FloodingAgent flood = FloodingAgent.begin(nats, tenant, flooding, nkey);
            Instant ends = expectToBeCutOff(flood, "quota_exceeded", "messages_per_day", 100);
            expectRefusal(ssh, ends);
            assertThat(agent.isOpen()).isTrue();

            UsageView usage = expectNobodyToBeBilledForWarnings(flood);
            assertThat(usage.published().messages()).isBetween(101L, 100 + flood.sent());
        }
    }

    /** Returns when it may come back. */
    private static Instant expectToBeCutOff(
            FloodingAgent agent, String code, String limit, long allowed) {
        JsonNode warning = agent.awaitWarning();
        assertThat(warning.path("disconnected").asBoolean()).as("%s", warning).isFalse();
        assertThat(warning.path("retry_after_ms").asLong()).isZero();
        JsonNode last = agent.awaitWarning();
        assertThat(last.path("disconnected").asBoolean()).as("%s", last).isTrue();
        for (JsonNode each : List.of(warning, last)) {
            assertThat(each.path("code").asText()).isEqualTo(code);
            assertThat(each.path("limit").asText()).isEqualTo(limit);
            assertThat(each.path("allowed").asLong()).isEqualTo(allowed);
            assertThat(each.path("observed").asLong()).isGreaterThanOrEqualTo(allowed);
        }
        await("the connection to be closed")
                .until(() -> agent.connection().getStatus() == Connection.Status.CLOSED);
        long refusedMs = last.path("retry_after_ms").asLong();
        assertThat(refusedMs).isPositive();
        return Instant.parse(last.path("at").asText()).plusMillis(refusedMs);
    }

    /** Whoever is let in at the WebSocket door all the same has come when it may. */
    private void expectRefusal(SshKey ssh, Instant ends) {
        String challenge = api.challenge(tenant, flooding);
        try (SocketAgent agent =
                SocketAgent.connect(api, tenant, flooding, challenge, ssh.sign(challenge)).join()) {
            assertThat(Instant.now()).as("%s was let in", agent).isAfter(ends.minus(BLUR));
        } catch (CompletionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> {
                                assertThat(refused.getResponse().statusCode())
                                        .isEqualTo(TOO_MANY_REQUESTS);
                                assertThat(
                                                refused.getResponse()
                                                        .headers()
                                                        .firstValue("Retry-After"))
                                        .isPresent();
                            });
        }
    }

    /** Connects as often as it takes. */
    private NatsAgent letIn() {
        return await("the end of the back-off")
                .ignoreExceptions()
                .until(
                        () -> NatsAgent.connect(nats, nkey, Duration.ofSeconds(3)),
                        again -> again.connection().getStatus() == Connection.Status.CONNECTED);
    }

    /**
     * What the agents have sent is all that was published. What the flooding agent was handed, the
     * warnings, counts as delivered at the NATS door, as all does that a server hands out.
     */
    private UsageView expectNobodyToBeBilledForWarnings(FloodingAgent agent) {
        Witnesses.awaitAgreement(api, tenant, Instant.now());
        UsageView usage = UsageView.of(api.usage(tenant));
        assertThat(usage.control().messages())
                .as("%s", usage)
                .isEqualTo(agent.delivered().messages());
        assertThat(usage.delivered()).as("%s", usage).isEqualTo(agent.delivered());
        assertThat(usage.adjustments()).as("%s", usage).isEqualTo(Traffic.NONE);
        // the agents' messages have one byte each
        assertThat(usage.published().bytes()).isEqualTo(usage.published().messages());
        return usage;
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100));
    }
}
