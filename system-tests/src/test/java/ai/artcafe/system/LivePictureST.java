package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.system.client.Api;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dashboard is told of two agents at the two doors while they talk. */
class LivePictureST {

    @TempDir Path folder;

    private final Api api = RunningPlatform.api();

    @Test
    void what_flows_shows_with_its_subjects_its_senders_and_how_long_it_took() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("enterprise");
        try (Conversation conversation = Conversation.begin(tenant, folder)) {
            await("the tap's picture")
                    .untilAsserted(() -> {
                        conversation.exchange(10);
                        JsonNode live = realtime(tenant);
                        assertThat(live.at("/rates/source").textValue()).isEqualTo("tap");
                        assertThat(texts(live.at("/subjects"), "name"))
                                .contains("to.socket", "to.nats");
                        assertThat(texts(live.at("/top_agents"), "agent_id"))
                                .containsExactlyInAnyOrder(
                                        Conversation.id(tenant, Conversation.SOCKET_AGENT),
                                        Conversation.id(tenant, Conversation.NATS_AGENT));
                        assertThat(live.at("/latency_ms/p99").isNumber()).isTrue();
                        assertThat(live.at("/message_bytes/p50").asDouble()).isPositive();
                        assertThat(live.at("/error_rate").asDouble()).isZero();
                        assertThat(live.at("/locked")).isEmpty();
                    });
        }
    }

    @Test
    void agents_are_online_at_their_doors_and_leave_once() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("professional");
        try (Conversation conversation = Conversation.begin(tenant, folder)) {
            conversation.exchange(1);
            await("both to be online")
                    .untilAsserted(() -> {
                        JsonNode presence = presence(tenant);
                        assertThat(presence.at("/counts/online").asInt()).isEqualTo(2);
                        assertThat(doors(presence)).containsExactlyInAnyOrder("nats", "websocket");
                    });
        }

        await("both to be offline")
                .untilAsserted(() -> {
                    JsonNode presence = presence(tenant);
                    assertThat(presence.at("/counts/online").asInt()).isZero();
                    assertThat(presence.at("/counts/offline").asInt()).isEqualTo(2);
                    assertThat(texts(presence.at("/changes"), "to"))
                            .containsExactlyInAnyOrder("online", "online", "offline", "offline");
                });
    }

    @Test
    void the_lowest_tier_sees_that_there_is_more() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("starter");
        try (Conversation conversation = Conversation.begin(tenant, folder)) {
            conversation.exchange(10);

            JsonNode live = realtime(tenant);

            assertThat(live.has("subjects")).isFalse();
            assertThat(live.has("latency_ms")).isFalse();
            assertThat(texts(live.at("/locked"), "feature")).contains("latency", "anomalies");
            assertThat(get("/api/v1/metrics/anomalies", tenant).status()).isEqualTo(403);
            assertThat(get("/api/v1/metrics/analytics?period=1h", tenant).body().at("/code"))
                    .hasToString("\"tier_required\"");
        }
    }

    @Test
    void the_platforms_status_tells_of_its_services_and_of_no_tenant() {
        await("all services to have told of themselves")
                .untilAsserted(() -> {
                    JsonNode status = api.getFromMetrics("/api/status", "").body();
                    assertThat(status.at("/data/realTimeMetrics/usingRealData").asBoolean())
                            .isTrue();
                    assertThat(texts(status.at("/data/services"), "name"))
                            .containsExactlyInAnyOrder("gateway", "tracker", "metrics");
                    assertThat(status.toString()).doesNotContain("tenant-");
                });
    }

    private JsonNode realtime(TenantId tenant) {
        return get("/api/v1/metrics/realtime", tenant).body();
    }

    private JsonNode presence(TenantId tenant) {
        return get("/api/v1/metrics/presence", tenant).body();
    }

    private Api.Answer get(String path, TenantId tenant) {
        return api.getFromMetrics(path, api.token(tenant, Role.VIEWER));
    }

    private static List<String> doors(JsonNode presence) {
        return elements(presence.at("/clients"))
                .flatMap(client -> elements(client.at("/doors")))
                .map(JsonNode::textValue)
                .toList();
    }

    private static List<String> texts(JsonNode array, String field) {
        return elements(array).map(element -> element.path(field).textValue()).toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** The taps are believed after they have listened for a minute. */
    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(500));
    }
}
