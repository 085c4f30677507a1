package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.UsageView;
import ai.artcafe.system.platform.Service;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two agents at the two doors, and a bill that is exact. */
class MainJobST {

    @TempDir Path folder;

    private final Api api = RunningPlatform.api();

    @Test
    void ten_thousand_messages_are_counted_to_the_message_and_byte() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("enterprise");
        try (Conversation conversation = Conversation.begin(tenant, folder)) {
            conversation.exchange(5_000);

            UsageView usage =
                    UsageView.await(
                            api, tenant, conversation.published(), conversation.delivered());

            assertThat(usage.published().messages()).isEqualTo(10_000);
            assertThat(usage.agent(Conversation.id(tenant, Conversation.SOCKET_AGENT)).published())
                    .isEqualTo(conversation.saidOnSocket());
            assertThat(usage.agent(Conversation.id(tenant, Conversation.SOCKET_AGENT)).delivered())
                    .isEqualTo(conversation.saidOnNats());
            assertThat(usage.agent(Conversation.id(tenant, Conversation.NATS_AGENT)).published())
                    .isEqualTo(conversation.saidOnNats());
            assertThat(usage.agent(Conversation.id(tenant, Conversation.NATS_AGENT)).delivered())
                    .isEqualTo(conversation.heardOnNats());
        }
    }

    @Test
    void the_count_survives_the_sudden_death_of_the_tracker() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("enterprise");
        var tracker = RunningPlatform.platform().service(Service.TRACKER);
        try (Conversation conversation = Conversation.begin(tenant, folder)) {
            conversation.exchange(2_500);
            tracker.kill();
            conversation.exchange(1_500);
            tracker.start();
            conversation.exchange(1_000);

            UsageView usage =
                    UsageView.await(
                            api, tenant, conversation.published(), conversation.delivered());

            assertThat(usage.published().messages()).isEqualTo(10_000);
        }
    }

    @Test
    void connections_that_close_while_no_tracker_runs_are_counted_all_the_same() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("enterprise");
        var tracker = RunningPlatform.platform().service(Service.TRACKER);
        tracker.kill();
        Traffic published;
        Traffic delivered;
        try (Conversation conversation = Conversation.begin(tenant, folder)) {
            conversation.exchange(500);
            published = conversation.published();
            delivered = conversation.delivered();
        }
        tracker.start();

        UsageView usage = UsageView.await(api, tenant, published, delivered);

        assertThat(usage.agents()).hasSize(2);
    }

    @Test
    void a_gateway_that_is_stopped_hands_over_its_last_readings() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("enterprise");
        var gateway = RunningPlatform.platform().service(Service.GATEWAY);
        try (Conversation conversation = Conversation.begin(tenant, folder)) {
            conversation.exchange(200);
            gateway.stop();

            UsageView usage =
                    UsageView.await(
                            api, tenant, conversation.published(), conversation.delivered());

            assertThat(usage.published().messages()).isEqualTo(400);
        } finally {
            gateway.start();
        }
    }

    @Test
    void the_live_picture_names_how_fresh_it_is() throws Exception {
        Today.awaitRoom();
        TenantId tenant = RunningPlatform.newTenant("free");
        try (Conversation conversation = Conversation.begin(tenant, folder)) {
            conversation.exchange(5);
            UsageView.await(api, tenant, conversation.published(), conversation.delivered());

            JsonNode realtime =
                    api.getFromMetrics("/api/v1/metrics/realtime", api.token(tenant, Role.VIEWER))
                            .body();

            assertThat(realtime.at("/tier").textValue()).isEqualTo("basic");
            assertThat(realtime.at("/active_clients").asInt()).isEqualTo(2);
            assertThat(realtime.at("/today/published/messages").asLong()).isEqualTo(10);
            assertThat(Instant.parse(realtime.at("/complete_through").textValue()))
                    .isBeforeOrEqualTo(Instant.parse(realtime.at("/as_of").textValue()));
            assertThat(realtime.at("/locked")).isNotEmpty();
        }
    }

    @Test
    void a_graceful_stop_writes_the_bill_to_dynamodb() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("professional");
        var tracker = RunningPlatform.platform().service(Service.TRACKER);
        try (Conversation conversation = Conversation.begin(tenant, folder)) {
            conversation.exchange(50);
            UsageView.await(api, tenant, conversation.published(), conversation.delivered());
            tracker.stop();
            try {
                BillingRecords records = BillingRecords.of(RunningPlatform.platform().stack());

                // sums: the day, or the month, may have ended meanwhile
                assertThat(records.sum(tenant, Period.DAILY).published())
                        .isEqualTo(conversation.published());
                assertThat(records.sum(tenant, Period.MONTHLY).published())
                        .isEqualTo(conversation.published());
                assertThat(records.sessions(Conversation.id(tenant, Conversation.NATS_AGENT)))
                        .hasSize(1);
            } finally {
                tracker.start();
            }
        }
    }
}
