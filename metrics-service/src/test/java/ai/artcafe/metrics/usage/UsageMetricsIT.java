package ai.artcafe.metrics.usage;

import static ai.artcafe.metrics.testing.Books.totals;
import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.forecast.Estimate;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.forecast.Projection;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Period;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class UsageMetricsIT {

    private static final String METRICS = "/api/v1/usage/metrics";
    private static final Slice TODAY = Slice.containing(Period.DAILY, NOW);
    private static final Slice THIS_MONTH = Slice.containing(Period.MONTHLY, NOW);

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject FlowBooks flows;

    @BeforeEach
    void aLedgerThatIsRead() {
        books.nothingRead();
        books.readThrough("n:SERVER", NOW.minusMillis(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {METRICS, "/api/v1/usage-metrics", "/usage-metrics"})
    void areTodayAndTheBillingPeriodUnderEveryName(String path) {
        TenantId tenant = used("used-free", Plan.FREE);

        visitor.of(tenant)
                .get(path)
                .then()
                .statusCode(200)
                .body("tier", equalTo("basic"))
                .body("as_of", equalTo("2026-11-21T03:50:05.000Z"))
                .body("today.period.from", equalTo("2026-11-21T00:00:00.000Z"))
                .body("today.published.messages", equalTo(30))
                .body("billing_period.period.state", equalTo("open"))
                .body("billing_period.published.messages", equalTo(300))
                .body("quota.messages", equalTo(10_000))
                .body("quota.used", equalTo(30))
                .body("today", not(hasKey("agents")))
                .body("", not(hasKey("channels")))
                .body("locked.feature", contains("channels", "agent_usage", "forecast"));
    }

    @Test
    void professionalAddsAgentsAndWhatTheTapsSawOfChannels() {
        TenantId tenant = used("used-pro", Plan.PROFESSIONAL);
        AgentId agent = new AgentId("used-agent");
        books.live(new OfAgent(tenant, agent), TODAY, totals(30), 3);
        books.live(new OfAgent(tenant, agent), THIS_MONTH, totals(300), 3);
        FlowSketches hour = new FlowSketches();
        hour.add(FlowBooks.flow(20, "orders", 5));
        flows.rolledUp(tenant, FlowSpan.HOUR, Instant.parse("2026-11-21T01:00:00Z"), hour);
        FlowSketches minute = new FlowSketches();
        minute.add(FlowBooks.flow(4, "orders", 5));
        flows.rolledUp(tenant, FlowSpan.MINUTE, Instant.parse("2026-11-21T03:10:00Z"), minute);
        flows.minute(
                tenant,
                "tracker-1",
                Instant.parse("2026-11-21T03:49:00Z"),
                FlowBooks.flow(6, "tasks", 5));

        metrics(tenant)
                .statusCode(200)
                .body("today.agents.agent_id", contains("used-agent"))
                .body("billing_period.agents[0].published.messages", equalTo(300))
                .body("channels.basis", equalTo("tap"))
                .body("channels.from", equalTo("2026-11-21T00:00:00.000Z"))
                .body("channels.items.name", contains("orders", "tasks"))
                .body("channels.items.messages", contains(24, 6))
                .body("locked.feature", contains("forecast"));
    }

    @Test
    void enterpriseIsToldWhatIsProbablyToComeWhereThatIsKnown() {
        TenantId tenant = used("used-enterprise", Plan.ENTERPRISE);
        metrics(tenant)
                .body("quota", not(hasKey("projected")))
                .body("billing_period", not(hasKey("projected")))
                .body("locked.feature", not(hasItem("forecast")));

        books.forecast(tenant, forecast(23));

        metrics(tenant)
                .body("quota.projected.messages", equalTo(30 + 20 * 10 + 2))
                .body("quota.projected.low", equalTo(30 + 20 * 5 + 1))
                .body("quota.projected.high", equalTo(30 + 20 * 20 + 3))
                .body("quota.projected.confidence", equalTo(0.8f))
                .body("billing_period.projected.messages", equalTo(900));
        visitor.of(tenant)
                .get("/api/v1/usage/current")
                .then()
                .body("quota.projected.messages", equalTo(232))
                .body("projected.high", equalTo(1_200));
    }

    @Test
    void aForecastThatEndsBeforeMidnightSaysNothingOfTheDay() {
        TenantId tenant = used("used-outdated", Plan.ENTERPRISE);
        books.forecast(tenant, forecast(19));

        metrics(tenant).body("quota", not(hasKey("projected")));
    }

    @Test
    void aDayOfAnotherZoneIsMadeOfItsHours() {
        TenantId tenant = used("used-zone", Plan.FREE);
        OfTenant owner = new OfTenant(tenant);
        books.live(owner, hour("2026-11-20T23:00:00Z"), totals(1), 1);
        books.live(owner, hour("2026-11-21T00:00:00Z"), totals(10), 10);
        books.live(owner, hour("2026-11-20T22:00:00Z"), totals(100), 100);

        stats(tenant, "?time_zone=Europe/Zurich")
                .statusCode(200)
                .body("period.from", equalTo("2026-11-20T23:00:00.000Z"))
                .body("period.to", equalTo("2026-11-21T23:00:00.000Z"))
                .body("published.messages", equalTo(11));
        stats(tenant, "?time_zone=Europe/Zurich&from=2026-11-20&to=2026-11-21")
                .body("period.to", equalTo("2026-11-20T23:00:00.000Z"))
                .body("published.messages", equalTo(100));
        refused(tenant, "?time_zone=Asia/Kolkata", "hours of UTC");
        refused(tenant, "?time_zone=Asia/Kolkata&from=2026-11-20&to=2026-11-21", "hours of UTC");
        refused(tenant, "?time_zone=GMT%2B1", "Europe/Zurich");
    }

    @Test
    void anAgentsUsageIsNotMadeUpFromHoursThatAreNotKept() {
        TenantId tenant = used("used-hours", Plan.PROFESSIONAL);
        AgentId agent = new AgentId("used-hourly");
        books.live(new OfAgent(tenant, agent), TODAY, totals(30), 3);

        visitor.of(tenant)
                .get(
                        "/api/v1/usage/stats?client_id=used-hourly"
                                + "&from=2026-11-20T01:00:00Z&to=2026-11-20T05:00:00Z")
                .then()
                .statusCode(400)
                .body("detail", containsString("whole days"));
        stats(tenant, "?from=2026-11-20T01:00:00Z&to=2026-11-20T05:00:00Z")
                .statusCode(200)
                .body("", not(hasKey("agents")));
    }

    /** As the tracker makes one in this hour: of the hours that follow it. */
    private static Forecast forecast(int hours) {
        return new Forecast(
                NOW.minusSeconds(600),
                400,
                48,
                Optional.of(
                        new Projection(
                                Projection.Method.SEASONAL,
                                0.8,
                                IntStream.rangeClosed(1, hours)
                                        .mapToObj(i ->
                                                new Projection.Hour(
                                                        Instant.parse("2026-11-21T03:00:00Z")
                                                                .plus(i, ChronoUnit.HOURS),
                                                        new Estimate(10, 5, 20)))
                                        .toList(),
                                new Estimate(240, 200, 300),
                                new Projection.PeriodEstimate(
                                        THIS_MONTH.start(),
                                        THIS_MONTH.end(),
                                        new Estimate(900, 700, 1_200),
                                        290),
                                Optional.empty(),
                                new Projection.BackTest(48, 0.1, 0.8, 0.2, true))));
    }

    private TenantId used(String id, Plan plan) {
        TenantId tenant = new TenantId(id);
        books.tenant(tenant, plan);
        books.live(new OfTenant(tenant), TODAY, totals(30), 9);
        books.live(new OfTenant(tenant), THIS_MONTH, totals(300), 9);
        return tenant;
    }

    private void refused(TenantId tenant, String query, String detail) {
        stats(tenant, query)
                .statusCode(400)
                .body("field", equalTo("time_zone"))
                .body("detail", containsString(detail));
    }

    private ValidatableResponse metrics(TenantId tenant) {
        return visitor.of(tenant).get(METRICS).then();
    }

    private ValidatableResponse stats(TenantId tenant, String query) {
        return visitor.of(tenant)
                .urlEncodingEnabled(false)
                .get("/api/v1/usage/stats" + query)
                .then();
    }

    private static Slice hour(String start) {
        return new Slice(Period.HOURLY, Instant.parse(start));
    }
}
