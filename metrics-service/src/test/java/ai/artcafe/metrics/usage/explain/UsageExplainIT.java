package ai.artcafe.metrics.usage.explain;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

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
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.runtime.page.Cursor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class UsageExplainIT {

    private static final String EXPLAIN = "/api/v1/usage/explain";
    private static final Slice MONTH = slice(Period.MONTHLY, "2026-11-01T00:00:00Z");
    private static final Slice EARLY = slice(Period.DAILY, "2026-11-03T00:00:00Z");
    private static final Slice TODAY = slice(Period.DAILY, "2026-11-21T00:00:00Z");

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;

    @BeforeEach
    void aLedgerThatIsRead() {
        books.nothingRead();
        books.readThrough("n:SERVER", NOW.minusMillis(300));
    }

    @Test
    void aMonthIsTheSumOfItsDaysToTheMessage() {
        TenantId tenant = tenant("explain-month", Plan.FREE);
        OfTenant owner = new OfTenant(tenant);
        books.rollup(owner, EARLY, carried(40), 40);
        books.live(owner, TODAY, carried(60), 60);
        books.live(owner, MONTH, carried(100), 100);

        explain(tenant, "")
                .statusCode(200)
                .body("tenant_id", equalTo("explain-month"))
                .body("as_of", equalTo("2026-11-21T03:50:05.000Z"))
                .body("period.state", equalTo("open"))
                .body("amount.published.messages", equalTo(100))
                .body("parts.by", equalTo("day"))
                .body("parts.items.period", contains("2026-11-03", "2026-11-21"))
                .body("parts.items[0].published.messages", equalTo(40))
                .body("parts.sum.published.bytes", equalTo(10_000))
                .body("parts.difference.published.messages", equalTo(0))
                .body("parts.difference.delivered.bytes", equalTo(0))
                .body("adjustments.count", equalTo(0))
                .body("adjustments.difference.messages", equalTo(0))
                .body("gaps", empty())
                .body("", not(hasKey("sessions")))
                .body("", not(hasKey("agent_id")));
    }

    @Test
    void aDayIsTheSumOfItsHoursAndAnHourHasNoParts() {
        TenantId tenant = tenant("explain-day", Plan.FREE);
        OfTenant owner = new OfTenant(tenant);
        books.live(owner, slice(Period.HOURLY, "2026-11-21T01:00:00Z"), carried(20), 20);
        books.live(owner, slice(Period.HOURLY, "2026-11-21T03:00:00Z"), carried(5), 5);
        books.live(owner, TODAY, carried(25), 25);

        explain(tenant, "?period=2026-11-21")
                .statusCode(200)
                .body("parts.by", equalTo("hour"))
                .body("parts.items.period", contains("2026-11-21T01", "2026-11-21T03"))
                .body("parts.difference.published.messages", equalTo(0));
        explain(tenant, "?period=2026-11-21T03")
                .statusCode(200)
                .body("amount.published.messages", equalTo(5))
                .body("", not(hasKey("parts")));
    }

    @Test
    void whatDoesNotAddUpIsSaid() {
        TenantId tenant = tenant("explain-broken", Plan.FREE);
        books.live(new OfTenant(tenant), TODAY, carried(60), 60);
        books.live(new OfTenant(tenant), MONTH, carried(61), 61);

        explain(tenant, "").body("parts.difference.published.messages", equalTo(1));
    }

    @Test
    void adjustmentsComeWithTheirEvidenceAndAddUp() {
        TenantId tenant = tenant("explain-adjusted", Plan.PROFESSIONAL);
        AgentId agent = new AgentId("explain-adjusted-agent");
        books.live(new OfTenant(tenant), MONTH, carried(100), 100);
        books.live(new OfAgent(tenant, agent), MONTH, carried(50), 50);
        books.adjustment(new OfTenant(tenant), MONTH, new Traffic(27, 2_700));
        books.adjustment(new OfAgent(tenant, agent), MONTH, new Traffic(20, 2_000));
        books.adjusted(tenant, adjustment("w:1/20", agent, 20, NOW, Optional.empty()));
        books.adjustedBefore(
                tenant,
                adjustment(
                        "late/n:S/7",
                        Attribution.UNATTRIBUTED,
                        7,
                        EARLY.start(),
                        Optional.of("202610")));

        explain(tenant, "")
                .body("adjustments.items.id", contains("late/n:S/7", "w:1/20"))
                .body("adjustments.items[1].evidence.connection", equalTo("17"))
                .body("adjustments.sum.messages", equalTo(27))
                .body("adjustments.difference.messages", equalTo(0))
                .body("adjustments.difference.bytes", equalTo(0));
        explain(tenant, "?agent=explain-adjusted-agent")
                .body("adjustments.items.id", contains("w:1/20"))
                .body("adjustments.difference.messages", equalTo(0));
        explain(tenant, "?period=2026-10")
                .body("period.state", equalTo("closed"))
                .body("adjustments.items", empty())
                .body("adjustments.booked_later.id", contains("late/n:S/7"));
    }

    @Test
    void gapsAreNamedAsWhatIsInThemIsInNoAmount() {
        TenantId tenant = tenant("explain-gap", Plan.FREE);
        books.gap(tenant, new Gap("n:GONE", NOW.minusSeconds(9), NOW.minusSeconds(8), 3, false));

        explain(tenant, "?period=2026-11-21")
                .body("gaps.server_id", contains("GONE"))
                .body("gaps[0].connections", equalTo(3));
        explain(tenant, "?period=2026-11-20").body("gaps", empty());
    }

    @Test
    void anAgentsAmountIsProvedByItsConnections() {
        TenantId tenant = tenant("explain-sessions", Plan.PROFESSIONAL);
        OfAgent agent = agent(tenant, "explain-proved", carried(30));
        session(agent, "1", "2026-11-02T10:00:00Z", "2026-11-03T10:00:00Z", 10);
        session(agent, "2", "2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z", 20);

        explain(tenant, "?agent=explain-proved")
                .statusCode(200)
                .body("agent_id", equalTo("explain-proved"))
                .body("sessions.items.connection_id", contains("2", "1"))
                .body("sessions.items.within", contains("all", "all"))
                .body("sessions.items[0].door", equalTo("nats"))
                .body("sessions.items[0].source", equalTo("SERVER"))
                .body("sessions.items[0].state", equalTo("closed"))
                .body("sessions.items[0].read_at", equalTo("2026-11-21T03:50:05.300Z"))
                .body("sessions.proof.booked.messages", equalTo(30))
                .body("sessions.proof.difference.messages", equalTo(0))
                .body("sessions.proof.difference.bytes", equalTo(0));
    }

    @Test
    void ofAConnectionThatCrossesThePeriodOnlyBoundsAreKnown() {
        TenantId tenant = tenant("explain-crossing", Plan.PROFESSIONAL);
        OfAgent agent = agent(tenant, "explain-crosses", carried(30));
        session(agent, "1", "2026-10-31T10:00:00Z", "2026-11-01T10:00:00Z", 15);
        session(agent, "2", "2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z", 20);
        session(agent, "3", "2026-11-21T03:00:00Z", "", 5);
        session(agent, "4", "2026-10-30T10:00:00Z", "2026-10-31T10:00:00Z", 99);

        explain(tenant, "?agent=explain-crosses")
                .body("sessions.items.connection_id", contains("3", "2", "1"))
                .body("sessions.items.within", contains("part", "all", "part"))
                .body("sessions.items[0]", not(hasKey("closed_at")))
                .body("sessions.proof.within.messages", equalTo(20))
                .body("sessions.proof.crossing.messages", equalTo(20))
                .body("sessions.proof", not(hasKey("difference")));
    }

    @Test
    void connectionsComeInPages() {
        TenantId tenant = tenant("explain-pages", Plan.PROFESSIONAL);
        OfAgent agent = agent(tenant, "explain-paged", carried(30));
        IntStream.range(0, 7)
                .forEach(i ->
                        session(
                                agent,
                                Integer.toString(i),
                                "2026-11-0%dT10:00:00Z".formatted(i + 1),
                                "2026-11-0%dT11:00:00Z".formatted(i + 1),
                                1));
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page =
                    explain(tenant, "?agent=explain-paged&limit=3" + cursor)
                            .statusCode(200)
                            .extract()
                            .jsonPath();
            ids.addAll(page.getList("sessions.items.connection_id"));
            assertThat(page.getMap("sessions")).doesNotContainKey("proof");
            cursor =
                    Optional.ofNullable(page.getString("sessions.next_cursor"))
                            .map(next -> "&cursor=" + next)
                            .orElse("");
        } while (!cursor.isEmpty());

        assertThat(ids).containsExactly("6", "5", "4", "3", "2", "1", "0");
    }

    @Test
    void anAgentsDayHasNoHours() {
        TenantId tenant = tenant("explain-hours", Plan.PROFESSIONAL);
        OfAgent agent = agent(tenant, "explain-hourless", carried(30));
        books.live(agent, TODAY, carried(3), 3);

        explain(tenant, "?agent=explain-hourless&period=2026-11-21")
                .statusCode(200)
                .body("amount.published.messages", equalTo(3))
                .body("", not(hasKey("parts")));
        refused(tenant, "?agent=explain-hourless&period=2026-11-21T03", "kept by days");
    }

    @Test
    void whatIsNoAgentsCanBeAskedAboutToo() {
        TenantId tenant = tenant("explain-nobody", Plan.PROFESSIONAL);
        books.live(new OfAgent(tenant, Attribution.UNATTRIBUTED), MONTH, carried(3), 3);

        explain(tenant, "?agent=%40unattributed")
                .statusCode(200)
                .body("agent_id", equalTo("@unattributed"))
                .body("amount.published.messages", equalTo(3));
        explain(tenant, "?agent=%40gateway-gone").statusCode(404);
    }

    @Test
    void agentsTakeATierAndMustBeOnesOwn() {
        TenantId free = tenant("explain-free", Plan.FREE);
        TenantId pro = tenant("explain-pro", Plan.PROFESSIONAL);
        agent(tenant("explain-other", Plan.PROFESSIONAL), "explain-foreign", carried(30));

        explain(free, "?agent=explain-foreign")
                .statusCode(403)
                .body("code", equalTo("tier_required"))
                .body("required_tier", equalTo("professional"));
        explain(pro, "?agent=explain-foreign").statusCode(404).body("code", equalTo("not_found"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?period=2026 | period must be",
                "?period=2026-13 | period must be",
                "?period=2026-11-31 | period must be",
                "?period=2026-11-21T24 | period must be",
                "?period=2026-11-21T3 | period must be",
                "?period=%F0%9F%92%A5aaaaa | period must be",
                "?period=2026-12 | future",
                "?period=2025-10 | 13 months",
                "?period=-999999-01-01 | period must be",
                "?agent=A%20B | agent must be",
                "?limit=0 | limit",
                "?limit=101 | limit",
                "?agent=explain-x&cursor=abc | cursor"
            })
    void refusesWhatItCannotAnswer(String query, String detail) {
        refused(tenant("explain-refused", Plan.PROFESSIONAL), query, detail);
    }

    /** Whoever knows how cursors are made can make one. */
    @Test
    void refusesCursorsThatItDidNotGiveOut() {
        TenantId tenant = tenant("explain-forged", Plan.PROFESSIONAL);
        agent(tenant, "explain-forger", carried(1));
        for (String position : List.of("x", "DAILY#20261101", "SESSION#2026-12-02", "~")) {
            String cursor = Cursor.of("sessions/explain-forged/explain-forger/2026-11", position);
            refused(tenant, "?agent=explain-forger&cursor=" + cursor, "cursor");
        }
    }

    private OfAgent agent(TenantId tenant, String id, UsageTotals month) {
        OfAgent agent = new OfAgent(tenant, new AgentId(id));
        books.live(agent, MONTH, month, month.published().messages());
        return agent;
    }

    private void session(
            OfAgent agent, String connection, String openedAt, String closedAt, long messages) {
        books.session(
                agent,
                new ConnectionKey(ReadingSource.natsServer("SERVER"), connection),
                Instant.parse(openedAt),
                Optional.of(closedAt).filter(at -> !at.isEmpty()).map(Instant::parse),
                carried(messages));
    }

    private static UsageTotals carried(long published) {
        return new UsageTotals(
                new Traffic(published, published * 100),
                new Traffic(2 * published, 2 * published * 100),
                Traffic.NONE,
                0);
    }

    private static Adjustment adjustment(
            String id, Attribution agent, long messages, Instant at, Optional<String> period) {
        return new Adjustment(
                id,
                period.isPresent() ? Adjustment.Reason.LATE : Adjustment.Reason.HIDDEN,
                agent,
                new Traffic(messages, messages * 100),
                at,
                at.minusSeconds(10),
                at,
                period,
                Map.of("connection", "17"));
    }

    private void refused(TenantId tenant, String query, String detail) {
        explain(tenant, query)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("detail", containsString(detail));
    }

    private ValidatableResponse explain(TenantId tenant, String query) {
        return visitor.of(tenant).urlEncodingEnabled(false).get(EXPLAIN + query).then();
    }

    private TenantId tenant(String id, Plan plan) {
        TenantId tenant = new TenantId(id);
        books.tenant(tenant, plan);
        return tenant;
    }

    private static Slice slice(Period period, String start) {
        return new Slice(period, Instant.parse(start));
    }
}
