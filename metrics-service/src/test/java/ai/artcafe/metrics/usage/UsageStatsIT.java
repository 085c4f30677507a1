package ai.artcafe.metrics.usage;

import static ai.artcafe.metrics.testing.Books.totals;
import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class UsageStatsIT {

    private static final String STATS = "/api/v1/usage/stats";
    private static final TenantId PRO = new TenantId("usage-pro");
    private static final TenantId FREE = new TenantId("usage-free");
    private static final AgentId BUSY = new AgentId("usage-busy");
    private static final AgentId CALM = new AgentId("usage-calm");
    private static final Slice TODAY = Slice.containing(Period.DAILY, NOW);
    private static final Slice THIS_MONTH = Slice.containing(Period.MONTHLY, NOW);

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;

    @BeforeEach
    void twoTenants() {
        books.tenant(PRO, Plan.PROFESSIONAL);
        books.tenant(FREE, Plan.FREE);
        books.nothingRead();
        books.readThrough("n:SERVER", NOW.minusMillis(300));
        books.live(new OfTenant(PRO), TODAY, totals(30), 9);
        books.live(new OfTenant(PRO), THIS_MONTH, totals(300), 9);
        books.live(new OfAgent(PRO, CALM), TODAY, totals(10), 3);
        books.live(new OfAgent(PRO, BUSY), TODAY, totals(20), 6);
        books.live(new OfTenant(FREE), TODAY, totals(9_990), 9);
        books.live(new OfTenant(FREE), THIS_MONTH, totals(11_000), 9);
    }

    @Test
    void isOfTodayUnlessToldOtherwise() {
        books.adjustment(new OfTenant(PRO), TODAY, new Traffic(3, 99));

        stats(PRO, "")
                .statusCode(200)
                .body("tenant_id", equalTo("usage-pro"))
                .body("tier", equalTo("professional"))
                .body("as_of", equalTo("2026-11-21T03:50:05.000Z"))
                .body("complete_through", equalTo("2026-11-21T03:50:05.000Z"))
                .body("period.from", equalTo("2026-11-21T00:00:00.000Z"))
                .body("period.to", equalTo("2026-11-22T00:00:00.000Z"))
                .body("published.messages", equalTo(30))
                .body("published.bytes", equalTo(3_000))
                .body("delivered.messages", equalTo(60))
                .body("control.messages", equalTo(1))
                .body("control.bytes", equalTo(50))
                .body("adjustments.messages", equalTo(3))
                .body("adjustments.bytes", equalTo(99))
                .body("agents", hasSize(2))
                .body("agents[0].agent_id", equalTo("usage-busy"))
                .body("agents[0].published.messages", equalTo(20))
                .body("agents[0].connections", equalTo(1))
                .body("agents[1].agent_id", equalTo("usage-calm"))
                .body("", not(hasKey("quota")))
                .body("", not(hasKey("client_id")));
    }

    @Test
    void isOfOneAgentWhereTheTierShowsIt() {
        stats(PRO, "?client_id=usage-busy")
                .statusCode(200)
                .body("client_id", equalTo("usage-busy"))
                .body("published.messages", equalTo(20))
                .body("", not(hasKey("agents")));
    }

    @Test
    void namesWhatIsNoAgentsSoThatTheAgentsSumToTheTenant() {
        TenantId tenant = new TenantId("usage-sums");
        Attribution gateway = new Attribution.Gateway("gw-1");
        books.tenant(tenant, Plan.PROFESSIONAL);
        books.live(new OfTenant(tenant), TODAY, totals(15), 1);
        books.live(new OfAgent(tenant, new AgentId("usage-summed")), TODAY, totals(10), 1);
        books.live(new OfAgent(tenant, Attribution.UNATTRIBUTED), TODAY, totals(3), 1);
        books.live(new OfAgent(tenant, gateway), TODAY, totals(2), 1);

        stats(tenant, "")
                .statusCode(200)
                .body("published.messages", equalTo(15))
                .body("agents.agent_id", contains("usage-summed", "@unattributed", "@gateway-gw-1"))
                .body("agents.published.messages.sum()", equalTo(15));
    }

    @Test
    void remembersToWhomAnythingWasBookedOnPastDays() {
        TenantId tenant = new TenantId("usage-remembered");
        AgentId gone = new AgentId("usage-gone");
        Slice day = slice(Period.DAILY, "2026-11-03T00:00:00Z");
        books.tenant(tenant, Plan.PROFESSIONAL);
        books.everBooked(tenant, gone);
        books.everBooked(tenant, Attribution.UNATTRIBUTED);
        books.rollup(new OfAgent(tenant, gone), day, totals(5), 1);
        books.rollup(new OfAgent(tenant, Attribution.UNATTRIBUTED), day, totals(1), 1);

        stats(tenant, "?from=2026-11-03&to=2026-11-04")
                .statusCode(200)
                .body("agents.agent_id", contains("usage-gone", "@unattributed"))
                .body("agents.published.messages", contains(5, 1));
    }

    @Test
    void cannotBeAskedOfWhatIsNoAgent() {
        books.live(new OfAgent(PRO, Attribution.UNATTRIBUTED), TODAY, totals(3), 1);

        stats(PRO, "?client_id=%40unattributed")
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void addsUpTheAdjustmentsOfItsParts() {
        TenantId tenant = new TenantId("usage-adjusted");
        OfTenant all = new OfTenant(tenant);
        books.tenant(tenant, Plan.FREE);
        Slice yesterday = slice(Period.DAILY, "2026-11-20T00:00:00Z");
        books.live(all, yesterday, totals(7), 1);
        books.adjustment(all, yesterday, new Traffic(5, 50));
        books.live(all, TODAY, totals(9), 1);
        books.adjustment(all, TODAY, new Traffic(-2, -20));

        stats(tenant, "?from=2026-11-20&to=2026-11-22")
                .statusCode(200)
                .body("published.messages", equalTo(16))
                .body("adjustments.messages", equalTo(3))
                .body("adjustments.bytes", equalTo(30));
    }

    @Test
    void saysWhetherABillingPeriodStillTakesInWhatWasReadLate() {
        current(PRO).statusCode(200).body("period.state", equalTo("open"));
        stats(PRO, "?from=2026-10-01&to=2026-11-01").body("period.state", equalTo("closed"));
        stats(PRO, "").body("period", not(hasKey("state")));
    }

    @Test
    void isZeroForARegisteredAgentThatHasUsedNothing() {
        books.agent(PRO, new AgentId("usage-idle"));

        stats(PRO, "?client_id=usage-idle").statusCode(200).body("published.messages", equalTo(0));
    }

    @Test
    void isWithoutAgentsBelowProfessional() {
        stats(FREE, "").statusCode(200).body("", not(hasKey("agents")));
        stats(FREE, "?client_id=usage-busy")
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("tier_required"))
                .body("required_tier", equalTo("professional"));
    }

    @Test
    void addsUpTheLargestPeriodsThatFit() {
        OfTenant tenant = new OfTenant(PRO);
        books.rollup(tenant, slice(Period.HOURLY, "2026-09-29T23:00:00Z"), totals(1), 1);
        books.rollup(tenant, slice(Period.DAILY, "2026-09-30T00:00:00Z"), totals(10), 1);
        books.rollup(tenant, slice(Period.MONTHLY, "2026-10-01T00:00:00Z"), totals(100), 1);
        books.rollup(tenant, slice(Period.DAILY, "2026-11-01T00:00:00Z"), totals(1_000), 1);
        books.rollup(tenant, slice(Period.DAILY, "2026-10-05T00:00:00Z"), totals(7), 1);

        stats(PRO, "?from=2026-09-29T23:00:00Z&to=2026-11-02")
                .statusCode(200)
                .body("period.from", equalTo("2026-09-29T23:00:00.000Z"))
                .body("period.to", equalTo("2026-11-02T00:00:00.000Z"))
                .body("published.messages", equalTo(1_111))
                .body("published.bytes", equalTo(111_100));
    }

    @Test
    void takesTheNewerOfLiveTotalsAndRollupForPeriodsThatHaveJustEnded() {
        OfTenant tenant = new OfTenant(PRO);
        Slice twoAgo = slice(Period.HOURLY, "2026-11-21T01:00:00Z");
        Slice lastHour = slice(Period.HOURLY, "2026-11-21T02:00:00Z");
        books.live(tenant, twoAgo, totals(5), 5);
        books.rollup(tenant, twoAgo, totals(4), 4);
        books.rollup(tenant, lastHour, totals(60), 60);
        books.live(tenant, slice(Period.HOURLY, "2026-11-21T03:00:00Z"), totals(700), 70);

        stats(PRO, "?from=2026-11-21T01:00:00Z")
                .statusCode(200)
                .body("period.to", equalTo("2026-11-21T04:00:00.000Z"))
                .body("published.messages", equalTo(765));
    }

    @Test
    void addsUpWhatAnAgentUsedOnPastDays() {
        OfAgent agent = new OfAgent(PRO, BUSY);
        books.rollup(agent, slice(Period.DAILY, "2026-11-03T00:00:00Z"), totals(8), 1);
        books.agent(PRO, BUSY);

        stats(PRO, "?client_id=usage-busy&from=2026-11-03&to=2026-11-04")
                .statusCode(200)
                .body("published.messages", equalTo(8));
        stats(PRO, "?from=2026-11-03&to=2026-11-04")
                .statusCode(200)
                .body("agents.find { it.agent_id == 'usage-busy' }.published.messages", equalTo(8));
    }

    @Test
    void refusesTheCurrentHourOfASingleAgentRatherThanMakeItUp() {
        stats(PRO, "?client_id=usage-busy&from=2026-11-21T01:00:00Z")
                .statusCode(400)
                .body("detail", containsString("whole days"));
    }

    @Test
    void refusesRangesThatItCannotAnswer() {
        refused("?from=yesterday", "from", "RFC 3339");
        refused("?to=2026-11-20", "from", "to needs from");
        refused("?from=2026-11-20T00:30:00Z", "from", "on the hour");
        refused("?from=2026-11-20&to=2026-11-19", "to", "after from");
        refused("?from=2026-11-20&to=2027-11-19", "to", "end of this month");
        refused("?from=2026-11-22", "from", "future");
        refused("?from=2025-09-01&to=2025-09-02", "from", "13 months");
        stats(PRO, "?client_id=NOT%20AN%20ID")
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("detail", containsString("agent_id must be"));
    }

    @Test
    void tellsTheBillingPeriodAndWhatIsLeftOfTheDay() {
        current(FREE)
                .statusCode(200)
                .body("period.from", equalTo("2026-11-01T00:00:00.000Z"))
                .body("period.to", equalTo("2026-12-01T00:00:00.000Z"))
                .body("published.messages", equalTo(11_000))
                .body("quota.messages", equalTo(10_000))
                .body("quota.used", equalTo(9_990))
                .body("quota.remaining", equalTo(10))
                .body("quota.overage", equalTo(false))
                .body("quota.resets_at", equalTo("2026-11-22T00:00:00.000Z"));
    }

    @Test
    void ofADeletedTenantOperatorsReadWhatItUsed() {
        TenantId deleted = new TenantId("usage-deleted");
        books.deletedTenant(deleted, Plan.PROFESSIONAL);
        books.live(new OfTenant(deleted), THIS_MONTH, totals(70), 9);

        current(deleted).statusCode(404);
        visitor.operator()
                .header("X-Tenant-Id", deleted.value())
                .get("/api/v1/usage/current")
                .then()
                .statusCode(200)
                .body("published.messages", equalTo(70));
    }

    @Test
    void hasNoQuotaWhereThePlanHasNone() {
        TenantId unlimited = new TenantId("usage-unlimited");
        books.tenant(unlimited, Plan.ENTERPRISE);

        current(unlimited)
                .statusCode(200)
                .body("quota", hasKey("messages"))
                .body("quota.messages", nullValue())
                .body("quota.remaining", nullValue())
                .body("quota.used", equalTo(0));
    }

    private void refused(String query, String field, String detail) {
        stats(PRO, query)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("field", equalTo(field))
                .body("detail", containsString(detail));
    }

    private ValidatableResponse stats(TenantId tenant, String query) {
        return visitor.of(tenant).urlEncodingEnabled(false).get(STATS + query).then();
    }

    private ValidatableResponse current(TenantId tenant) {
        return visitor.of(tenant).get("/api/v1/usage/current").then();
    }

    private static Slice slice(Period period, String start) {
        return new Slice(period, Instant.parse(start));
    }
}
