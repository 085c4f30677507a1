package ai.artcafe.metrics.analytics;

import static ai.artcafe.metrics.testing.FlowBooks.flow;
import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is rolled up, or not yet, as clients are told of it. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class AnalyticsIT {

    /** Nobody listened then, in any of these tests. */
    private static final Instant OUTAGE = Instant.parse("2026-11-18T05:10:00Z");

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject FlowBooks flows;

    @BeforeEach
    void tapsAtWork() {
        books.readThrough("n:SERVER", NOW);
        flows.listened(NOW.minus(Duration.ofDays(40)), NOW.minusSeconds(10));
        flows.outage(OUTAGE, OUTAGE.plus(Duration.ofMinutes(80)));
        flows.told("one", NOW);
    }

    @AfterEach
    void noTap() {
        flows.noTap();
    }

    @Test
    void aWeekIsWhatWasPutIn() {
        TenantId tenant = tenant("an-week", Plan.PROFESSIONAL);
        List<Double> latencies = new ArrayList<>();
        FlowSketches day = new FlowSketches();
        hour(tenant, at("2026-11-17T10:00:00Z"), sample(1, 3_000, latencies), day);
        hour(tenant, at("2026-11-17T14:00:00Z"), sample(2, 500, latencies), day);
        flows.rolledUp(tenant, FlowSpan.DAY, at("2026-11-17T00:00:00Z"), day);
        FlowSketches notADay = new FlowSketches();
        hour(tenant, at("2026-11-19T09:00:00Z"), sample(3, 700, latencies), notADay);
        hour(tenant, at("2026-11-21T02:00:00Z"), sample(4, 900, latencies), notADay);
        flows.rolledUp(
                tenant, FlowSpan.MINUTE, at("2026-11-21T03:10:00Z"), sample(5, 40, latencies));
        flows.minute(tenant, "one", at("2026-11-21T03:49:00Z"), sample(6, 30, latencies).flow());
        flows.minute(tenant, "two", NOW, sample(7, 20, latencies).flow());
        flows.published(
                tenant, at("2026-11-21T03:49:00Z"), new AgentId("agent-6"), new Traffic(30, 300));
        flows.published(tenant, NOW, new AgentId("agent-7"), new Traffic(20, 200));
        // a day that is over, its beginning, and today, each of them booked to someone else
        rolledUp(tenant, "agent-1", Period.DAILY, at("2026-11-17T00:00:00Z"), 500);
        rolledUp(tenant, at("2026-11-17T10:00:00Z"), 500);
        rolledUp(tenant, "agent-2", Period.HOURLY, at("2026-11-14T05:00:00Z"), 600);
        rolledUp(tenant, at("2026-11-14T05:00:00Z"), 600);
        rolledUp(tenant, "agent-2", Period.HOURLY, at("2026-11-14T03:00:00Z"), 7_777);
        rolledUp(tenant, "agent-2", Period.DAILY, at("2026-11-14T00:00:00Z"), 8_377);
        books.live(
                new OfAgent(tenant, new AgentId("agent-3")),
                new Slice(Period.DAILY, at("2026-11-21T00:00:00Z")),
                Books.totals(900),
                900);
        booked(tenant, at("2026-11-21T02:00:00Z"), 900);

        ValidatableResponse answer =
                settled(tenant, "?period=7d")
                        .body("tier", equalTo("professional"))
                        .body("period.step", equalTo("hour"))
                        .body("period.from", equalTo("2026-11-14T04:00:00.000Z"))
                        .body("period.to", equalTo("2026-11-21T04:00:00.000Z"))
                        .body("series", hasSize(168))
                        .body("series.messages.findAll { it != null }.sum()", equalTo(5_190))
                        .body("totals.messages", equalTo(5_190))
                        .body("totals.bytes", equalTo(51_900))
                        .body("totals.sampled_share", equalTo(1.0))
                        .body(point("2026-11-17T10:00:00.000Z", "messages"), equalTo(3_000))
                        .body(point("2026-11-17T11:00:00.000Z", "messages"), equalTo(0))
                        .body(point("2026-11-21T03:00:00.000Z", "messages"), equalTo(90))
                        .body(point("2026-11-21T03:00:00.000Z", "open"), equalTo(true))
                        .body("peak.start", equalTo("2026-11-17T10:00:00.000Z"))
                        .body("peak.messages", equalTo(3_000))
                        .body("latency_ms.count", equalTo(5_190))
                        .body("distinct_subjects", equalTo(7))
                        .body("subjects[0].name", equalTo("s1"))
                        .body("subjects[0].messages", equalTo(3_000))
                        .body("channels[0].name", equalTo("c1"))
                        .body("top_agents.name", contains("agent-3", "agent-2", "agent-1"))
                        .body("top_agents.messages", contains(900, 600, 500))
                        .body("top_agents.bytes", contains(90_000, 60_000, 50_000))
                        .body("top_agents[0].share", equalTo(0.45))
                        .body("top_agents[0].delivered.messages", equalTo(1_800))
                        .body("top_agents[0]", not(hasKey("at_least")))
                        .body("locked.feature", contains("error_rate", "forecast", "behaviour"))
                        .body("", not(hasKey("behaviour")))
                        .body("", not(hasKey("stale")));

        List<Double> sorted = latencies.stream().sorted().toList();
        for (var rank : Map.of("p50", 0.5, "p95", 0.95, "p99", 0.99).entrySet()) {
            double truth = sorted.get((int) (rank.getValue() * (sorted.size() - 1)));
            double told = answer.extract().jsonPath().getDouble("latency_ms." + rank.getKey());
            assertThat(told).as(rank.getKey()).isCloseTo(truth, within(truth * 0.0101));
        }
    }

    @Test
    void aDayThatIsNotRolledUpYetIsReadByItsHours() {
        TenantId tenant = tenant("an-no-day", Plan.PROFESSIONAL);
        hour(tenant, at("2026-11-19T09:00:00Z"), sample(1, 10, new ArrayList<>()), null);
        hour(tenant, at("2026-11-19T12:00:00Z"), sample(2, 20, new ArrayList<>()), null);

        settled(tenant, "?period=7d")
                .body("totals.messages", equalTo(30))
                .body("latency_ms.count", equalTo(30));
    }

    @Test
    void silenceIsZeroAndAGapIsNot() {
        TenantId tenant = tenant("an-gaps", Plan.ENTERPRISE);
        hour(tenant, at("2026-11-18T06:00:00Z"), sample(1, 10, new ArrayList<>()), null);
        hour(tenant, at("2026-11-18T08:00:00Z"), sample(1, 10, new ArrayList<>()), null);
        booked(tenant, at("2026-11-18T09:00:00Z"), 77);

        settled(tenant, "?from=2026-11-18T04:00:00Z&to=2026-11-18T10:00:00Z")
                .body("series", hasSize(6))
                .body("series[0].messages", equalTo(0))
                .body("series[0]", not(hasKey("gap")))
                .body("series[1].gap", equalTo(true))
                .body("series[1]", not(hasKey("messages")))
                .body("series[2].messages", equalTo(10))
                .body("series[2].incomplete", equalTo(true))
                .body("series[3].messages", equalTo(0))
                .body("series[4].messages", equalTo(10))
                .body("series[4]", not(hasKey("incomplete")))
                .body("series[5].gap", equalTo(true))
                .body("totals.published.messages", equalTo(77))
                .body("totals.messages", equalTo(20));
    }

    @Test
    void nothingIsMadeUpOfATenantThatNoTapListensTo() {
        TenantId tenant = tenant("an-untapped", Plan.ENTERPRISE);
        booked(tenant, at("2026-11-20T04:00:00Z"), 5);

        settled(tenant, "?from=2026-11-20T04:00:00Z&to=2026-11-20T05:00:00Z")
                .body("series", hasSize(60))
                .body("series.gap", not(hasSize(0)))
                .body("series.findAll { it.gap != true }", empty())
                .body("totals", not(hasKey("messages")))
                .body("", not(hasKey("subjects")))
                .body("", not(hasKey("latency_ms")))
                .body("quiet_periods", empty());
    }

    @Test
    void anHourIsToldByTheMinute() {
        TenantId tenant = tenant("an-hour", Plan.ENTERPRISE);
        FlowSketches minute = sample(1, 60, new ArrayList<>());
        minute.add(ErrorSignal.TIMEOUT, 20);
        flows.rolledUp(tenant, FlowSpan.MINUTE, at("2026-11-21T03:00:00Z"), minute);
        flows.rolledUp(
                tenant,
                FlowSpan.MINUTE,
                at("2026-11-21T02:10:00Z"),
                sample(2, 40, new ArrayList<>()));
        flows.minute(tenant, "one", at("2026-11-21T03:48:00Z"), flow(5, "live", 10));
        booked(tenant, at("2026-11-21T03:00:00Z"), 65);
        booked(tenant, at("2026-11-21T02:00:00Z"), 40);

        settled(tenant, "?period=1h")
                .body("period.step", equalTo("minute"))
                .body("series", hasSize(60))
                .body("series.findAll { it.gap == true }", empty())
                .body("totals.messages", equalTo(65))
                .body(point("2026-11-21T03:00:00.000Z", "messages"), equalTo(60))
                .body(point("2026-11-21T03:00:00.000Z", "error_rate"), equalTo(0.25))
                .body(point("2026-11-21T03:00:00.000Z", "errors.timeout"), equalTo(20))
                .body(point("2026-11-21T03:48:00.000Z", "messages"), equalTo(5))
                .body("growth.basis", equalTo("tap"))
                .body("growth.present.messages", equalTo(65))
                .body("growth.previous.messages", equalTo(40))
                .body("growth.messages", equalTo(0.625))
                .body("behaviour.distinct_subjects", equalTo(2))
                .body("totals.errors.timeout", equalTo(20))
                .body("totals.error_rate", closeTo(20.0 / 85, 1e-6))
                .body("locked", empty());
    }

    @Test
    void growthIsOfTheLedgersWholeHours() {
        TenantId tenant = tenant("an-growth", Plan.PROFESSIONAL);
        booked(tenant, at("2026-11-20T05:00:00Z"), 300);
        booked(tenant, at("2026-11-21T03:00:00Z"), 50);
        booked(tenant, at("2026-11-20T03:00:00Z"), 100);
        booked(tenant, at("2026-11-19T05:00:00Z"), 100);
        booked(tenant, at("2026-11-19T04:00:00Z"), 9_999);

        settled(tenant, "?period=24h")
                .body("growth.basis", equalTo("ledger"))
                .body("growth.from", equalTo("2026-11-20T04:00:00.000Z"))
                .body("growth.to", equalTo("2026-11-21T03:00:00.000Z"))
                .body("growth.present.messages", equalTo(300))
                .body("growth.previous.messages", equalTo(200))
                .body("growth.messages", equalTo(0.5))
                .body("totals.published.messages", equalTo(350))
                .body("totals.delivered.messages", equalTo(700));
    }

    @Test
    void aTenantThatDidNothingIsToldSo() {
        TenantId tenant = tenant("an-silent", Plan.ENTERPRISE);

        settled(tenant, "?period=24h")
                .body("series.messages.sum()", equalTo(0))
                .body("totals.messages", equalTo(0))
                .body("totals", not(hasKey("error_rate")))
                .body("growth", not(hasKey("messages")))
                .body("", not(hasKey("trend")))
                .body("", not(hasKey("peak")))
                .body("", not(hasKey("latency_ms")))
                .body("subjects", empty());
    }

    @Test
    void tiersSeeAsFarBackAsTheyBought() {
        TenantId basic = tenant("an-basic", Plan.STARTER);
        TenantId professional = tenant("an-professional", Plan.PROFESSIONAL);
        TenantId enterprise = tenant("an-enterprise", Plan.ENTERPRISE);

        get(basic, "?period=1h")
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("tier_required"))
                .body("required_tier", equalTo("professional"));
        get(professional, "?period=30d")
                .statusCode(403)
                .body("code", equalTo("tier_required"))
                .body("required_tier", equalTo("enterprise"));
        get(enterprise, "?period=30d").statusCode(200).body("series", hasSize(720));
        get(enterprise, "?period=1y").statusCode(400).body("field", equalTo("period"));
        get(enterprise, "?from=2026-01-01").statusCode(400).body("field", equalTo("from"));
    }

    @Test
    void tenantsSeeNothingOfEachOther() {
        TenantId one = tenant("an-one", Plan.ENTERPRISE);
        TenantId other = tenant("an-other", Plan.ENTERPRISE);
        hour(one, at("2026-11-20T10:00:00Z"), sample(1, 10, new ArrayList<>()), null);
        flows.minute(one, "one", NOW, flow(5, "mine", 10));

        settled(other, "?period=24h")
                .body("totals.messages", equalTo(0))
                .body("subjects", empty())
                .body("top_agents", empty());
        settled(one, "?period=24h").body("totals.messages", equalTo(15));
    }

    private TenantId tenant(String id, Plan plan) {
        TenantId tenant = new TenantId(id);
        books.tenant(tenant, plan);
        return tenant;
    }

    private void hour(
            TenantId tenant, Instant start, FlowSketches sketches, @Nullable FlowSketches day) {
        flows.rolledUp(tenant, FlowSpan.HOUR, start, sketches);
        if (day != null) {
            day.merge(sketches);
        }
    }

    private void rolledUp(
            TenantId tenant, String agent, Period period, Instant start, long published) {
        AgentId id = new AgentId(agent);
        books.everBooked(tenant, id);
        books.rollup(
                new OfAgent(tenant, id),
                new Slice(period, start),
                Books.totals(published),
                published);
    }

    private void rolledUp(TenantId tenant, Instant hour, long published) {
        books.rollup(
                new OfTenant(tenant),
                new Slice(Period.HOURLY, hour),
                Books.totals(published),
                published);
    }

    private void booked(TenantId tenant, Instant hour, long published) {
        books.live(
                new OfTenant(tenant),
                new Slice(Period.HOURLY, hour),
                Books.totals(published),
                published);
    }

    /** So many messages of 10 bytes by one agent on one subject, with random latencies. */
    private static FlowSketches sample(int seed, int messages, List<Double> latencies) {
        Random random = new Random(seed);
        Flow flow = new Flow();
        flow.count(messages, 10L * messages);
        flow.countInspected(messages);
        for (int i = 0; i < messages; i++) {
            double latency = Math.exp(random.nextGaussian() + seed);
            latencies.add(latency);
            flow.latency().add(latency, 1);
        }
        flow.sizes().add(10, messages);
        flow.subjects().add("s" + seed, messages);
        flow.channels().add("c" + seed, messages);
        flow.distinctSubjects().add("s" + seed);
        FlowSketches sketches = new FlowSketches();
        sketches.add(flow);
        sketches.add(new AgentId("agent-" + seed), messages);
        return sketches;
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    private static String point(String start, String field) {
        return "series.find { it.start == '" + start + "' }." + field;
    }

    /** Once the service knows when the taps listened: that is some seconds old. */
    private ValidatableResponse settled(TenantId tenant, String query) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        get(tenant, "?from=2026-11-18T04:00:00Z&to=2026-11-18T10:00:00Z")
                                .statusCode(200)
                                .body("series[0].messages", equalTo(0))
                                .body("series[1].gap", equalTo(true)));
        return get(tenant, query).statusCode(200);
    }

    private ValidatableResponse get(TenantId tenant, String query) {
        return visitor.of(tenant)
                .config(
                        RestAssuredConfig.config()
                                .jsonConfig(
                                        JsonConfig.jsonConfig()
                                                .numberReturnType(NumberReturnType.DOUBLE)))
                .urlEncodingEnabled(false)
                .get("/api/v1/metrics/analytics" + query)
                .then();
    }
}
