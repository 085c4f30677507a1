package ai.artcafe.metrics.analytics;

import static ai.artcafe.metrics.analytics.PastOf.at;
import static ai.artcafe.metrics.analytics.PastOf.sketches;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What flowed on one channel, as clients are told of it. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class OneChannelPastIT {

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
    void itsStepsAreThoseOfTheTapsAndSilenceIsZero() {
        TenantId tenant = past.tenant("oc-week", Plan.PROFESSIONAL);
        var sketches = sketches(Map.of("news", 30L, "chat", 10L));
        flows.rolledUp(tenant, FlowSpan.HOUR, at("2026-11-18T10:00:00Z"), sketches);
        flows.rolledUp(tenant, FlowSpan.DAY, at("2026-11-18T00:00:00Z"), sketches);
        flows.rolledUp(
                tenant, FlowSpan.HOUR, at("2026-11-20T10:00:00Z"), sketches(Map.of("chat", 60L)));
        flows.rolledUp(
                tenant, FlowSpan.MINUTE, at("2026-11-21T03:10:00Z"), sketches(Map.of("news", 2L)));

        past.settled(tenant, "?period=7d&channel_id=news")
                .body("channel_id", equalTo("news"))
                .body("series", hasSize(168))
                .body("series.at_least", everyItem(nullValue()))
                .body(point("2026-11-18T10:00:00.000Z"), equalTo(30))
                .body(point("2026-11-20T10:00:00.000Z"), equalTo(0))
                .body(point("2026-11-20T11:00:00.000Z"), equalTo(0))
                .body(point("2026-11-21T03:00:00.000Z"), equalTo(2))
                .body("totals.messages", equalTo(32))
                .body("totals.share", equalTo(0.313725))
                .body("totals.sampled_share", equalTo(1.0))
                .body("days.messages.sum()", equalTo(32))
                .body("peak.start", equalTo("2026-11-18T10:00:00.000Z"))
                .body("", not(hasKey("latency_ms")))
                .body("", not(hasKey("growth")));
        past.get(tenant, "?period=7d&channel_id=nobody-ever")
                .statusCode(200)
                .body("totals.messages", equalTo(0));
    }

    @Test
    void whereThereAreTooManyToTellApartTheBoundsHoldTheTruth() {
        TenantId tenant = past.tenant("oc-many", Plan.PROFESSIONAL);
        Map<String, Long> many = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            many.put("channel-" + i, 1L + i % 7);
        }
        many.put("busy", 500L);
        flows.rolledUp(tenant, FlowSpan.HOUR, at("2026-11-20T10:00:00Z"), sketches(many));

        past.settled(tenant, "?period=24h&channel_id=busy")
                .body("totals.messages", greaterThanOrEqualTo(500))
                .body("totals.at_least", lessThanOrEqualTo(500));
        past.get(tenant, "?period=24h&channel_id=channel-5")
                .statusCode(200)
                .body("totals.messages", greaterThanOrEqualTo(6))
                .body("totals.at_least", lessThanOrEqualTo(6));
    }

    @Test
    void anHourIsToldByTheMinute() {
        TenantId tenant = past.tenant("oc-hour", Plan.PROFESSIONAL);
        flows.rolledUp(
                tenant, FlowSpan.MINUTE, at("2026-11-21T03:10:00Z"), sketches(Map.of("news", 2L)));
        flows.minute(
                tenant,
                "one",
                at("2026-11-21T03:48:00Z"),
                sketches(Map.of("news", 5L, "chat", 1L)).flow());

        past.settled(tenant, "?period=1h&channel_id=news")
                .body("series", hasSize(60))
                .body(point("2026-11-21T03:10:00.000Z"), equalTo(2))
                .body(point("2026-11-21T03:48:00.000Z"), equalTo(5))
                .body("totals.messages", equalTo(7))
                .body("", not(hasKey("days")));
    }

    @Test
    void tenantsSeeNothingOfEachOthersChannels() {
        TenantId one = past.tenant("oc-one", Plan.PROFESSIONAL);
        TenantId other = past.tenant("oc-other", Plan.PROFESSIONAL);
        flows.rolledUp(
                one, FlowSpan.HOUR, at("2026-11-20T10:00:00Z"), sketches(Map.of("same", 9L)));

        past.settled(other, "?period=24h&channel_id=same").body("totals.messages", equalTo(0));
        past.get(one, "?period=24h&channel_id=same").body("totals.messages", equalTo(9));
    }

    private static String point(String start) {
        return "series.find { it.start == '" + start + "' }.messages";
    }
}
