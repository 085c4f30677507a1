package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.NatsAgent;
import ai.artcafe.system.client.SocketAgent;
import ai.artcafe.system.client.SshKey;
import io.nats.client.AuthenticationException;
import io.nats.client.Message;
import io.nats.client.NKey;
import io.nats.client.Subscription;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one tenant, or nobody at all, tries to do to another. */
class TenantIsolationST {

    @TempDir Path folder;

    private final Api api = RunningPlatform.api();
    private final URI nats = RunningPlatform.platform().stack().natsUrl();

    @Test
    void a_forged_nkey_signature_is_refused() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("free");
        NKey victim = NatsAgent.newKey();
        api.registerAgent(
                tenant, tenant + "-victim", "nkey_public_key", NatsAgent.publicKey(victim));

        assertThatThrownBy(() -> NatsAgent.connect(nats, victim, NatsAgent.newKey()))
                .isInstanceOf(AuthenticationException.class);

        try (NatsAgent owner = NatsAgent.connect(nats, victim)) {
            owner.flush();
        }
    }

    @Test
    void a_replayed_challenge_is_refused() {
        TenantId tenant = RunningPlatform.newTenant("free");
        SshKey key = SshKey.generate(folder, "key");
        String agent = tenant + "-agent";
        api.registerAgent(tenant, agent, "ssh_public_key", key.publicKey());
        String challenge = api.challenge(tenant, agent);
        String signature = key.sign(challenge);

        try (SocketAgent first =
                SocketAgent.connect(api, tenant, agent, challenge, signature).join()) {
            first.await("welcome");
        }

        assertRefused(SocketAgent.connect(api, tenant, agent, challenge, signature));
    }

    @Test
    void a_signature_of_another_key_is_refused_and_leaves_the_challenge_to_its_owner() {
        TenantId tenant = RunningPlatform.newTenant("free");
        SshKey key = SshKey.generate(folder, "key");
        SshKey other = SshKey.generate(folder, "other");
        String agent = tenant + "-agent";
        api.registerAgent(tenant, agent, "ssh_public_key", key.publicKey());
        String challenge = api.challenge(tenant, agent);

        assertRefused(SocketAgent.connect(api, tenant, agent, challenge, other.sign(challenge)));

        SocketAgent.connect(api, tenant, agent, challenge, key.sign(challenge)).join().close();
    }

    @Test
    void a_foreign_tenants_subject_is_refused_at_the_websocket_door() {
        TenantId tenant = RunningPlatform.newTenant("free");
        TenantId victim = RunningPlatform.newTenant("free");
        SshKey key = SshKey.generate(folder, "key");
        String agent = tenant + "-agent";
        api.registerAgent(tenant, agent, "ssh_public_key", key.publicKey());

        try (SocketAgent thief = SocketAgent.connect(api, tenant, agent, key)) {
            for (String subject :
                    new String[] {
                        "tenant." + victim + ".tasks", "agents." + victim + ".>", "$SYS.>"
                    }) {
                thief.send("{\"type\":\"subscribe\",\"subject\":\"" + subject + "\"}");
                assertThat(thief.await("error").get("code").textValue())
                        .isEqualTo("forbidden_subject");
            }
            thief.subscribe("still.alive");
        }
    }

    @Test
    void nothing_crosses_from_one_tenant_to_another_at_the_nats_door() throws Exception {
        TenantId one = RunningPlatform.newTenant("free");
        TenantId two = RunningPlatform.newTenant("free");
        try (NatsAgent spy = natsAgent(one, "spy");
                NatsAgent asking = natsAgent(two, "asking");
                NatsAgent answering = natsAgent(two, "answering")) {
            Subscription inboxes = spy.connection().subscribe("_INBOX.>");
            Subscription subjects = spy.connection().subscribe("tenant." + one + ".>");
            spy.flush();
            answering
                    .connection()
                    .createDispatcher(request ->
                            answering.connection().publish(request.getReplyTo(), request.getData()))
                    .subscribe("tenant." + two + ".echo");
            answering.flush();

            Message reply =
                    asking.connection()
                            .request(
                                    "tenant." + two + ".echo",
                                    "secret".getBytes(StandardCharsets.UTF_8),
                                    Duration.ofSeconds(30));
            asking.publish("tenant." + one + ".intrusion", "refused by the server");
            asking.flush();

            assertThat(new String(reply.getData(), StandardCharsets.UTF_8)).isEqualTo("secret");
            assertThat(inboxes.nextMessage(Duration.ofMillis(500))).isNull();
            assertThat(subjects.nextMessage(Duration.ofMillis(100))).isNull();
        }
    }

    @Test
    void another_tenants_usage_does_not_exist() {
        TenantId tenant = RunningPlatform.newTenant("enterprise");
        TenantId other = RunningPlatform.newTenant("enterprise");
        String token = api.token(tenant, Role.ADMIN);

        for (String hidden : new String[] {other.value(), "no-such-tenant"}) {
            Api.Answer answer =
                    api.getFromMetrics("/api/v1/usage/stats?tenant_id=" + hidden, token);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().get("code").textValue()).isEqualTo("not_found");
        }
    }

    private NatsAgent natsAgent(TenantId tenant, String name) throws Exception {
        NKey key = NatsAgent.newKey();
        api.registerAgent(tenant, tenant + "-" + name, "nkey_public_key", NatsAgent.publicKey(key));
        return NatsAgent.connect(nats, key);
    }

    private static void assertRefused(CompletableFuture<SocketAgent> connecting) {
        assertThatThrownBy(connecting::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }
}
