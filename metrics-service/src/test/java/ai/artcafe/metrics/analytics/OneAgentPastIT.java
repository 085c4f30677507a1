package ai.artcafe.metrics.analytics;

import static ai.artcafe.metrics.analytics.PastOf.at;
import static ai.artcafe.metrics.analytics.PastOf.sketches;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Period;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one agent did, as clients are told of it. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class OneAgentPastIT {

    @Inject PastOf past;
    @Inject Books books;
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
    void itsHoursAreTheLedgersAndThePresentOneIsWhatItsDayHasMore() {
        TenantId tenant = past.tenant("oa-hours", Plan.PROFESSIONAL);
        past.hour(tenant, "oa-one", "2026-11-15T10:00:00Z", 40);
        past.hour(tenant, "oa-one", "2026-11-20T10:00:00Z", 50);
        past.hour(tenant, "oa-one", "2026-11-21T02:00:00Z", 30);
        past.day(tenant, "oa-one", "2026-11-21T00:00:00Z", 37);
        books.live(
                new OfTenant(tenant),
                new Slice(Period.HOURLY, at("2026-11-21T03:00:00Z")),
                Books.totals(20),
                20);

        past.get(tenant, "?period=7d&client_id=oa-one")
                .statusCode(200)
                .body("client_id", equalTo("oa-one"))
                .body("series", hasSize(168))
                .body("series.messages.sum()", equalTo(127))
                .body("series.findAll { it.gap == true }", empty())
                .body(point("2026-11-15T10:00:00.000Z", "messages"), equalTo(40))
                .body(point("2026-11-15T10:00:00.000Z", "bytes"), equalTo(4_000))
                .body(point("2026-11-15T10:00:00.000Z", "delivered.messages"), equalTo(80))
                .body(point("2026-11-21T03:00:00.000Z", "messages"), equalTo(7))
                .body(point("2026-11-21T03:00:00.000Z", "open"), equalTo(true))
                .body("totals.published.messages", equalTo(127))
                .body("totals.delivered.messages", equalTo(254))
                .body("totals.share", equalTo(0.907143))
                .body("growth.basis", equalTo("ledger"))
                .body("growth.present.messages", equalTo(120))
                .body("peak.start", equalTo("2026-11-20T10:00:00.000Z"))
                .body("days.published.messages.sum()", equalTo(127))
                .body("", not(hasKey("client_behaviour")))
                .body("", not(hasKey("subjects")))
                .body("", not(hasKey("top_agents")))
                .body("", not(hasKey("forecast")));
    }

    @Test
    void itsBehaviourIsToldToEnterprise() {
        TenantId tenant = past.tenant("oa-behaviour", Plan.ENTERPRISE);
        for (int day = 16; day <= 20; day++) {
            String date = "2026-11-" + day;
            past.hour(tenant, "oa-usual", date + "T08:00:00Z", 10);
            past.day(tenant, "oa-usual", date + "T00:00:00Z", 10);
        }
        past.day(tenant, "oa-other", "2026-11-20T00:00:00Z", 30);
        books.live(
                new OfTenant(tenant),
                new Slice(Period.HOURLY, at("2026-11-20T08:00:00Z")),
                Books.totals(40),
                40);

        past.get(tenant, "?from=2026-11-16&to=2026-11-21&client_id=oa-usual&time_zone=Asia/Tokyo")
                .statusCode(200)
                .body("client_behaviour.usual_hours", contains(17))
                .body("client_behaviour.active_hours", equalTo(5))
                .body("client_behaviour.hours", equalTo(120))
                .body("client_behaviour.hourly.max", equalTo(10))
                .body("client_behaviour.bytes_per_message", equalTo(100.0))
                .body("client_behaviour.delivered_per_published", equalTo(2.0))
                .body("client_behaviour.not_known.what", contains("peers"))
                .body("client_behaviour.requests", not(hasKey("answering")))
                .body("daily_pattern.peak_hour", equalTo(17));

        past.get(tenant, "?from=2026-11-16&to=2026-11-21&client_id=oa-usual")
                .statusCode(200)
                .body("client_behaviour.usual_hours", contains(8))
                .body("client_behaviour.standing.rank", equalTo(1))
                .body("client_behaviour.standing.of", equalTo(2))
                .body("client_behaviour.standing.share", equalTo(0.625));
    }

    @Test
    void anHourInWhichACounterWasLostIsIncomplete() {
        TenantId tenant = past.tenant("oa-gap", Plan.PROFESSIONAL);
        past.hour(tenant, "oa-lost", "2026-11-20T10:00:00Z", 50);
        books.agent(tenant, new AgentId("oa-lost"));
        books.gap(
                tenant,
                new Gap(
                        "n:SERVER",
                        at("2026-11-20T10:30:00Z"),
                        at("2026-11-20T10:30:01Z"),
                        1,
                        false));
        books.gapBefore(
                tenant,
                new Gap(
                        "n:OTHER",
                        at("2026-11-18T10:30:00Z"),
                        at("2026-11-18T10:30:01Z"),
                        1,
                        true));

        past.get(tenant, "?period=7d&client_id=oa-lost")
                .statusCode(200)
                .body(
                        "series.findAll { it.incomplete == true }.start",
                        contains("2026-11-20T10:00:00.000Z"));
    }

    @Test
    void itsMinutesAreWhatWasReadOfItInThem() {
        TenantId tenant = past.tenant("oa-minutes", Plan.ENTERPRISE);
        books.agent(tenant, new AgentId("oa-minute"));
        flows.rolledUp(
                tenant,
                FlowSpan.MINUTE,
                at("2026-11-21T03:10:00Z"),
                sketches(Map.of("oa-minute", 6L, "oa-else", 4L)));

        past.settled(tenant, "?period=1h&client_id=oa-minute")
                .body("period.step", equalTo("minute"))
                .body("series", hasSize(60))
                .body(point("2026-11-21T03:10:00.000Z", "messages"), equalTo(6))
                .body(point("2026-11-21T03:11:00.000Z", "messages"), equalTo(0))
                .body("series.at_least", everyItem(nullValue()))
                .body("totals.messages", equalTo(6))
                .body("totals.share", equalTo(0.6))
                .body("", not(hasKey("days")));
    }

    @Test
    void anotherTenantsAgentAndOneThatNeverWasAreTheSame() {
        TenantId tenant = past.tenant("oa-mine", Plan.PROFESSIONAL);
        TenantId other = past.tenant("oa-theirs", Plan.PROFESSIONAL);
        books.agent(other, new AgentId("oa-secret"));
        past.day(other, "oa-secret", "2026-11-21T00:00:00Z", 5);

        String never =
                past.get(tenant, "?client_id=oa-never")
                        .statusCode(404)
                        .body("code", equalTo("not_found"))
                        .extract()
                        .path("detail");
        past.get(tenant, "?client_id=oa-secret")
                .statusCode(404)
                .body("detail", equalTo(never))
                .body("detail", not(containsString("oa-")));
        past.get(other, "?client_id=oa-secret").statusCode(200);
    }

    @Test
    void whatAnotherTenantLeftUnderItsIdIsNotItsOwn() {
        TenantId before = past.tenant("oa-before", Plan.PROFESSIONAL);
        TenantId after = past.tenant("oa-after", Plan.PROFESSIONAL);
        past.hour(before, "oa-moved", "2026-11-15T10:00:00Z", 99);
        books.agent(after, new AgentId("oa-moved"));

        past.get(after, "?period=7d&client_id=oa-moved")
                .statusCode(200)
                .body("totals.published.messages", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?client_id=%00",
                "?client_id=Not%20An%20Agent",
                "?client_id=%C3%A4gent",
                "?client_id=*",
                "?client_id=@unattributed",
                "?client_id=a%23b",
                "?channel_id=%3E",
                "?channel_id=a.b",
                "?client_id=one&channel_id=two",
                "?time_zone=Mars/Olympus",
                "?time_zone=%2B25:00",
                "?time_zone=../../etc/passwd",
                "?period=7d&period=30d&from=2026-11-20",
                "?period=-7d",
                "?from=9999999999999999-01-01",
            })
    void nonsenseIsRefused(String query) {
        TenantId tenant = past.tenant("oa-hostile", Plan.ENTERPRISE);

        past.get(tenant, query)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void anEmptyParameterIsAsIfItWereLeftOut() {
        TenantId tenant = past.tenant("oa-empty", Plan.ENTERPRISE);

        past.get(tenant, "?period=&from=&to=&time_zone=&client_id=&channel_id=")
                .statusCode(200)
                .body("series", hasSize(24))
                .body("", not(hasKey("client_id")))
                .body("", not(hasKey("channel_id")));
    }

    @Test
    void anIdLongerThanAnyIsRefused() {
        TenantId tenant = past.tenant("oa-hostile", Plan.ENTERPRISE);

        past.get(tenant, "?client_id=" + "a".repeat(4_000)).statusCode(400);
        past.get(tenant, "?time_zone=" + "a".repeat(4_000)).statusCode(400);
    }

    @Test
    void basicSeesNothingOfIt() {
        TenantId tenant = past.tenant("oa-basic", Plan.STARTER);

        past.get(tenant, "?client_id=oa-any")
                .statusCode(403)
                .body("code", equalTo("tier_required"))
                .body("required_tier", equalTo("professional"));
    }

    @Test
    void theHoursOfTodayCountFromItsMorningInTheZone() {
        TenantId tenant = past.tenant("oa-zone", Plan.PROFESSIONAL);
        past.hour(tenant, "oa-early", "2026-11-20T23:00:00Z", 3);
        past.hour(tenant, "oa-early", "2026-11-20T22:00:00Z", 5);
        past.day(tenant, "oa-early", "2026-11-21T00:00:00Z", 1);

        past.get(tenant, "?from=2026-11-21&client_id=oa-early&time_zone=Europe/Zurich")
                .statusCode(200)
                .body("period.from", equalTo("2026-11-20T23:00:00.000Z"))
                .body("period.time_zone", equalTo("Europe/Zurich"))
                .body("totals.published.messages", equalTo(4))
                .body("days.date", contains("2026-11-21"))
                .body("days[0].partial", equalTo(true))
                .body("peak.local", equalTo("2026-11-21T00:00:00+01:00"));
    }

    private static String point(String start, String field) {
        return "series.find { it.start == '" + start + "' }." + field;
    }
}
