package ai.artcafe.metrics.analytics;

import static ai.artcafe.metrics.analytics.PastOf.at;
import static ai.artcafe.metrics.analytics.PastOf.sketches;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of the past hides nothing that becomes known of it later. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class LateChangesIT {

    private static final String DAY = "2026-11-19T00:00:00Z";

    @Inject PastOf past;
    @Inject FlowBooks flows;

    @BeforeEach
    void tapsAtWork() {
        past.tapsAtWork();
    }

    @AfterEach
    void noTap() {
        flows.noTap();
    }

    @Test
    void anHourThatGrowsLateGrowsInTheAnswer() {
        TenantId tenant = past.tenant("lc-flow", Plan.PROFESSIONAL);
        rolledUp(tenant, sketches(Map.of("news", 10L)));
        past.settled(tenant, "?period=7d").body("totals.messages", equalTo(10));
        past.get(tenant, "?period=7d").body("totals.messages", equalTo(10));
        past.get(tenant, "?period=7d&channel_id=news").body("totals.messages", equalTo(10));

        rolledUp(tenant, sketches(Map.of("news", 10L, "late", 5L)));

        past.get(tenant, "?period=7d")
                .body("totals.messages", equalTo(15))
                .body("series.messages.findAll { it != null }.sum()", equalTo(15))
                .body("channels.name", contains("news", "late"))
                .body("distinct_subjects", equalTo(2));
        past.get(tenant, "?period=7d&channel_id=late").body("totals.messages", equalTo(5));
    }

    @Test
    void minutesThatComeAfterAKeptMergeAreAddedToIt() {
        TenantId tenant = past.tenant("lc-minutes", Plan.PROFESSIONAL);
        for (int minute = 10; minute < 20; minute++) {
            flows.rolledUp(
                    tenant,
                    FlowSpan.MINUTE,
                    at("2026-11-21T03:" + minute + ":00Z"),
                    sketches(Map.of("channel-" + minute, 1L)));
            past.get(tenant, "?period=1h")
                    .statusCode(200)
                    .body("totals.messages", equalTo(minute - 9))
                    .body("distinct_subjects", equalTo(minute - 9));
        }
        flows.rolledUp(
                tenant,
                FlowSpan.MINUTE,
                at("2026-11-21T03:10:00Z"),
                sketches(Map.of("channel-10", 100L)));

        past.get(tenant, "?period=1h").body("totals.messages", equalTo(109));
    }

    @Test
    void whatIsBookedLateToAnAgentShowsAtOnce() {
        TenantId tenant = past.tenant("lc-agents", Plan.PROFESSIONAL);
        past.hour(tenant, "lc-one", "2026-11-19T10:00:00Z", 10);
        past.day(tenant, "lc-one", DAY, 10);
        past.get(tenant, "?period=7d")
                .body("top_agents.name", contains("lc-one"))
                .body("top_agents.messages", contains(10));

        past.hour(tenant, "lc-one", "2026-11-19T10:00:00Z", 25);
        past.day(tenant, "lc-one", DAY, 25);

        past.get(tenant, "?period=7d")
                .body("top_agents.messages", contains(25))
                .body("totals.published.messages", equalTo(25))
                .body("days.find { it.date == '2026-11-19' }.published.messages", equalTo(25));
    }

    @Test
    void anAgentsRollupsThatAreLateAreReadFromRedis() {
        TenantId tenant = past.tenant("lc-rollups", Plan.PROFESSIONAL);
        past.hour(tenant, "lc-late", "2026-11-19T10:00:00Z", 10);
        past.day(tenant, "lc-late", DAY, 10);
        past.get(tenant, "?period=7d").body("top_agents.messages", contains(10));

        past.liveOnly(tenant, "lc-late", "2026-11-19T10:00:00Z", DAY, 12);

        past.get(tenant, "?period=7d").body("top_agents.messages", contains(12));
    }

    private void rolledUp(TenantId tenant, FlowSketches sketches) {
        flows.rolledUp(tenant, FlowSpan.HOUR, at("2026-11-19T10:00:00Z"), sketches);
        flows.rolledUp(tenant, FlowSpan.DAY, at(DAY), sketches);
    }
}
