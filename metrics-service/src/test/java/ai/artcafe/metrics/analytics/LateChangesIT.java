package ai.artcafe.metrics.analytics;

import static ai.artcafe.metrics.analytics.PastOf.at;
import static ai.artcafe.metrics.analytics.PastOf.sketches;
import static org.awaitility.Awaitility.await;
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
import java.time.Duration;
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
    void whatBecomesKnownLateShowsWithinSeconds() {
        TenantId flowed = past.tenant("lc-flow", Plan.PROFESSIONAL);
        TenantId booked = past.tenant("lc-agents", Plan.PROFESSIONAL);
        TenantId unrolled = past.tenant("lc-rollups", Plan.PROFESSIONAL);
        rolledUp(flowed, sketches(Map.of("news", 10L)));
        past.hour(booked, "lc-one", "2026-11-19T10:00:00Z", 10);
        past.day(booked, "lc-one", DAY, 10);
        past.hour(unrolled, "lc-late", "2026-11-19T10:00:00Z", 10);
        past.day(unrolled, "lc-late", DAY, 10);
        past.settled(flowed, "?period=7d").body("totals.messages", equalTo(10));
        past.get(flowed, "?period=7d&channel_id=news").body("totals.messages", equalTo(10));
        past.get(booked, "?period=7d")
                .body("top_agents.name", contains("lc-one"))
                .body("top_agents.messages", contains(10));
        past.get(unrolled, "?period=7d").body("top_agents.messages", contains(10));

        rolledUp(flowed, sketches(Map.of("news", 10L, "late", 5L)));
        past.hour(booked, "lc-one", "2026-11-19T10:00:00Z", 25);
        past.day(booked, "lc-one", DAY, 25);
        past.liveOnly(unrolled, "lc-late", "2026-11-19T10:00:00Z", DAY, 12);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    past.get(flowed, "?period=7d")
                            .body("totals.messages", equalTo(15))
                            .body("series.messages.findAll { it != null }.sum()", equalTo(15))
                            .body("channels.name", contains("news", "late"))
                            .body("distinct_subjects", equalTo(2));
                    past.get(flowed, "?period=7d&channel_id=late")
                            .body("totals.messages", equalTo(5));
                    past.get(booked, "?period=7d")
                            .body("top_agents.messages", contains(25))
                            .body("totals.published.messages", equalTo(25))
                            .body(
                                    "days.find { it.date == '2026-11-19' }.published.messages",
                                    equalTo(25));
                    past.get(unrolled, "?period=7d").body("top_agents.messages", contains(12));
                });
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

    private void rolledUp(TenantId tenant, FlowSketches sketches) {
        flows.rolledUp(tenant, FlowSpan.HOUR, at("2026-11-19T10:00:00Z"), sketches);
        flows.rolledUp(tenant, FlowSpan.DAY, at(DAY), sketches);
    }
}
