package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.Dashboard;
import ai.artcafe.system.client.NatsAgent;
import ai.artcafe.system.client.SocketAgent;
import ai.artcafe.system.client.SshKey;
import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.NKey;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page at the dashboards' door is shown of two agents at the two doors. */
class DashboardST {

    private static final int OFTEN = 3;

    @TempDir Path folder;

    private final Api api = RunningPlatform.api();

    @ParameterizedTest
    @ValueSource(strings = {"starter", "professional", "enterprise"})
    void the_live_picture_is_the_one_of_the_api(String plan) throws Exception {
        Today.awaitRoom();
        TenantId tenant = RunningPlatform.newTenant(plan);
        try (Conversation conversation = Conversation.begin(tenant, folder);
                Dashboard dashboard = open(tenant)) {
            conversation.exchange(5);
            dashboard.send("{\"type\":\"subscribe_metrics\",\"id\":\"m\"}");
            assertThat(dashboard.await("subscribed").path("stream").asText()).isEqualTo("metrics");

            Awaitility.await("the picture of all that was said")
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> {
                        JsonNode shown = dashboard.await("metrics").path("data");
                        JsonNode asked = realtime(tenant);
                        assertThat(shown.at("/today/published/messages").asLong()).isEqualTo(10);
                        assertThat(fields(shown)).isEqualTo(fields(asked));
                        for (String same :
                                List.of("tenant_id", "tier", "today", "active_clients", "locked")) {
                            assertThat(shown.get(same)).as(same).isEqualTo(asked.get(same));
                        }
                    });
            assertThat(realtime(tenant).path("locked").isEmpty())
                    .isEqualTo(plan.equals("enterprise"));
        }
    }

    @Test
    void the_live_picture_goes_on() {
        TenantId tenant = RunningPlatform.newTenant("starter");
        try (Dashboard dashboard = open(tenant)) {
            dashboard.send("{\"type\":\"subscribe_metrics\"}");
            Instant last = Instant.EPOCH;
            for (int fresh = 0; fresh < OFTEN; ) {
                JsonNode metrics = dashboard.await("metrics");
                Instant at = Instant.parse(metrics.path("timestamp").asText());
                assertThat(at).isAfter(last);
                last = at;
                // on a machine that is busy one may come too late
                fresh += metrics.path("stale").asBoolean() ? 0 : 1;
            }
            dashboard.send("{\"type\":\"unsubscribe_metrics\"}");
            dashboard.await("unsubscribed");
        }
    }

    @Test
    void messages_of_both_doors_are_shown_to_who_may_see_them() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("professional");
        TenantId other = RunningPlatform.newTenant("professional");
        try (Doors doors = Doors.of(api, tenant, folder);
                Dashboard dashboard = open(tenant);
                Dashboard stranger = open(other)) {
            for (Dashboard each : List.of(dashboard, stranger)) {
                each.send("{\"type\":\"subscribe_channel\",\"channel\":\"news\"}");
                each.send("{\"type\":\"subscribe_topic_preview\",\"pattern\":\">\"}");
                each.await("subscribed");
                each.await("subscribed");
            }

            doors.socket().publish("channel.news", "{\"door\": 1}", "n-1");
            JsonNode first = dashboard.await("channel_message");
            assertThat(first.path("data").toString()).isEqualTo("{\"door\":1}");
            assertThat(first.path("from").asText()).isEqualTo(doors.socketAgent());
            assertThat(first.path("size").asInt()).isEqualTo(10);
            doors.nats().publish("tenant." + tenant + ".channel.news", "{\"door\":2}");
            doors.nats().publish("agents." + tenant + ".tasks.new", "{\"door\":3}");
            doors.nats().flush();
            JsonNode second = dashboard.await("channel_message");
            assertThat(second.path("data").toString()).isEqualTo("{\"door\":2}");
            assertThat(second.has("gateway")).isFalse();
            assertThat(previews(dashboard, 3))
                    .containsExactlyInAnyOrder(
                            "tenant." + tenant + ".channel.news {\"door\":1}",
                            "tenant." + tenant + ".channel.news {\"door\":2}",
                            "agents." + tenant + ".tasks.new {\"door\":3}");

            publishOverRest(other, "{\"mine\":1}");
            assertThat(stranger.await("channel_message").path("data").toString())
                    .isEqualTo("{\"mine\":1}");
            assertThat(previews(stranger, 1))
                    .containsExactly("tenant." + other + ".channel.news {\"mine\":1}");
            assertThat(stranger.waiting("channel_message")).isZero();
            assertThat(stranger.waiting("preview")).isZero();
        }
    }

    @Test
    void nobody_watches_a_tenant_that_is_not_theirs() {
        TenantId tenant = RunningPlatform.newTenant("starter");
        TenantId other = RunningPlatform.newTenant("starter");
        for (TenantId hidden : List.of(tenant, new TenantId("no-such-tenant"))) {
            assertThatThrownBy(Dashboard.connect(api, hidden, api.token(other, Role.ADMIN))::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused ->
                                    assertThat(refused.getResponse().statusCode()).isEqualTo(404));
        }
    }

    @Test
    void a_token_is_renewed_in_band() {
        TenantId tenant = RunningPlatform.newTenant("starter");
        String early = api.token(tenant, Role.VIEWER, Duration.ofMinutes(5));
        try (Dashboard dashboard = Dashboard.connect(api, tenant, early).join()) {
            Instant ends = Instant.parse(dashboard.await("welcome").path("expires_at").asText());
            String late = api.token(tenant, Role.VIEWER, Duration.ofMinutes(30));
            dashboard.send("{\"type\":\"refresh\",\"token\":\"" + late + "\"}");
            JsonNode refreshed = dashboard.await("refreshed");
            assertThat(Instant.parse(refreshed.path("expires_at").asText())).isAfter(ends);

            String foreign = api.token(RunningPlatform.newTenant("starter"), Role.ADMIN);
            dashboard.send("{\"type\":\"refresh\",\"token\":\"" + foreign + "\"}");
            assertThat(dashboard.await("error").path("code").asText()).isNotEmpty();
        }
    }

    private Dashboard open(TenantId tenant) {
        Dashboard dashboard = Dashboard.connect(api, tenant, api.token(tenant, Role.VIEWER)).join();
        JsonNode welcome = dashboard.await("welcome");
        assertThat(welcome.path("tenant_id").asText()).isEqualTo(tenant.value());
        assertThat(welcome.path("user_id").asText()).isEqualTo("tester");
        assertThat(welcome.path("role").asText()).isEqualTo("viewer");
        return dashboard;
    }

    private void publishOverRest(TenantId tenant, String data) {
        String admin = api.token(tenant, Role.ADMIN);
        api.onGateway("POST", "/api/v1/channels", admin, "{\"channel_id\":\"news\"}");
        Api.Answer answer =
                api.onGateway(
                        "POST", "/api/v1/channels/news/messages", admin, "{\"data\":" + data + "}");
        assertThat(answer.status()).isEqualTo(202);
    }

    private static Set<String> previews(Dashboard dashboard, int number) {
        Set<String> previews = new HashSet<>();
        for (int i = 0; i < number; i++) {
            JsonNode preview = dashboard.await("preview");
            previews.add(preview.path("subject").asText() + " " + preview.path("data"));
        }
        return previews;
    }

    private JsonNode realtime(TenantId tenant) {
        return api.getFromMetrics("/api/v1/metrics/realtime", api.token(tenant, Role.VIEWER))
                .body();
    }

    private static Set<String> fields(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** An agent at each door. */
    private record Doors(SocketAgent socket, String socketAgent, NatsAgent nats)
            implements AutoCloseable {

        static Doors of(Api api, TenantId tenant, Path folder) throws Exception {
            String agent = tenant + "-socket";
            SshKey ssh = SshKey.generate(folder, agent);
            api.registerAgent(tenant, agent, "ssh_public_key", ssh.publicKey());
            NKey nkey = NatsAgent.newKey();
            api.registerAgent(
                    tenant, tenant + "-nats", "nkey_public_key", NatsAgent.publicKey(nkey));
            return new Doors(
                    SocketAgent.connect(api, tenant, agent, ssh),
                    agent,
                    NatsAgent.connect(RunningPlatform.platform().stack().natsUrl(), nkey));
        }

        @Override
        public void close() {
            socket.close();
            nats.close();
        }
    }
}
