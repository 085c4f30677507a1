package ai.artcafe.metrics.analytics;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Period;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Gives tenants a past, and asks for it. */
@ApplicationScoped
class PastOf {

    private final Visitor visitor = new Visitor(SharedStores.stack());
    private final Books books;
    private final FlowBooks flows;

    PastOf(Books books, FlowBooks flows) {
        this.books = books;
        this.flows = flows;
    }

    /** Taps that listened in all of the last 40 days. */
    void tapsAtWork() {
        books.readThrough("n:SERVER", NOW);
        flows.listened(NOW.minus(Duration.ofDays(40)), NOW.minusSeconds(10));
        flows.told("one", NOW);
    }

    TenantId tenant(String id, Plan plan) {
        TenantId tenant = new TenantId(id);
        books.tenant(tenant, plan);
        return tenant;
    }

    static Instant at(String time) {
        return Instant.parse(time);
    }

    /** Booked to an agent and so to its tenant; an hour that is over is rolled up, also live. */
    void hour(TenantId tenant, String agent, String hour, long published) {
        Slice slice = new Slice(Period.HOURLY, at(hour));
        AgentId id = new AgentId(agent);
        books.everBooked(tenant, id);
        if (!slice.isCurrent(NOW)) {
            books.rollup(new OfAgent(tenant, id), slice, Books.totals(published), published);
            books.rollup(new OfTenant(tenant), slice, Books.totals(published), published);
        }
        if (slice.isLive(NOW)) {
            books.live(new OfTenant(tenant), slice, Books.totals(published), published);
        }
    }

    /** The agent's day: live if Redis knows it, else rolled up. */
    void day(TenantId tenant, String agent, String day, long published) {
        Slice slice = new Slice(Period.DAILY, at(day));
        OfAgent owner = new OfAgent(tenant, new AgentId(agent));
        books.everBooked(tenant, owner.agent());
        if (slice.isLive(NOW)) {
            books.live(owner, slice, Books.totals(published), published);
        }
        if (!slice.isCurrent(NOW)) {
            books.rollup(owner, slice, Books.totals(published), published);
        }
    }

    /** Booked to the agent in an hour, its only one of that day, and not rolled up yet. */
    void liveOnly(TenantId tenant, String agent, String hour, String day, long published) {
        books.live(
                new OfTenant(tenant),
                new Slice(Period.HOURLY, at(hour)),
                Books.totals(published),
                published);
        books.live(
                new OfAgent(tenant, new AgentId(agent)),
                new Slice(Period.DAILY, at(day)),
                Books.totals(published),
                published);
    }

    /** So many messages on each channel; of the same number by one agent each. */
    static FlowSketches sketches(Map<String, Long> byName) {
        Flow flow = new Flow();
        FlowSketches sketches = new FlowSketches();
        byName.forEach((name, messages) -> {
            flow.count(messages, 10 * messages);
            flow.countInspected(messages);
            flow.channels().add(name, messages);
            flow.subjects().add("channel." + name, messages);
            flow.distinctSubjects().add("channel." + name);
            sketches.add(new AgentId(name), messages);
        });
        sketches.add(flow);
        return sketches;
    }

    /** Once the service knows when the taps listened: that is some seconds old. */
    ValidatableResponse settled(TenantId tenant, String query) {
        TenantId silent = tenant("an-settled", Plan.PROFESSIONAL);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        get(silent, "?from=2026-11-19T04:00:00Z&to=2026-11-19T10:00:00Z")
                                .statusCode(200)
                                .body("series[0].messages", equalTo(0)));
        return get(tenant, query).statusCode(200);
    }

    ValidatableResponse get(TenantId tenant, String query) {
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
