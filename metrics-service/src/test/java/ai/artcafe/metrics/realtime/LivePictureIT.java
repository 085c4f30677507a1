package ai.artcafe.metrics.realtime;

import static ai.artcafe.metrics.testing.FlowBooks.flow;
import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the taps add to the live picture, by tier. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class LivePictureIT {

    private static final Instant TOLD = NOW.minusMillis(200);
    private static final Instant LAST_FULL = NOW.minusSeconds(1);
    private static final Instant BEFORE = NOW.minusSeconds(60);

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject FlowBooks flows;

    @BeforeEach
    void twoTapsAtWork() {
        books.readThrough("n:SERVER", NOW);
        flows.listened(NOW.minus(Duration.ofDays(40)), NOW.minusSeconds(10));
        flows.told("one", TOLD);
        flows.told("two", NOW);
        flows.told("gone", NOW.minusSeconds(20));
    }

    @AfterEach
    void noTap() {
        flows.noTap();
    }

    private void traffic(TenantId tenant) {
        flows.second(tenant, "one", LAST_FULL, new Traffic(40, 100_000));
        flows.second(tenant, "two", LAST_FULL, new Traffic(2, 25_000));
        flows.second(tenant, "one", NOW, new Traffic(999, 9));
        flows.second(tenant, "one", LAST_FULL.minusSeconds(59), new Traffic(18, 0));
        flows.second(tenant, "one", LAST_FULL.minusSeconds(299), new Traffic(1_440, 0));
        flows.second(tenant, "one", LAST_FULL.minusSeconds(300), new Traffic(7_777, 0));
        flows.minute(tenant, "one", NOW, flow(90, "orders", 10));
        flows.minute(tenant, "two", NOW, flow(8, "alerts", 100));
        flows.minute(tenant, "one", BEFORE, flow(2, "alerts", 1_000));
        flows.minute(tenant, "one", BEFORE.minusSeconds(60), flow(500, "old", 5_000));
        flows.published(tenant, NOW, new AgentId("lp-a"), new Traffic(60, 6_000));
        flows.published(tenant, BEFORE, new AgentId("lp-a"), new Traffic(1, 100));
        flows.published(tenant, NOW, new AgentId("lp-b"), new Traffic(39, 3_900));
        flows.error(tenant, NOW, ErrorSignal.TIMEOUT, 25);
    }

    @Test
    void enterpriseSeesAll() {
        TenantId tenant = tenant("lp-enterprise", Plan.ENTERPRISE);
        traffic(tenant);

        settled(tenant)
                .body("rates.source", equalTo("tap"))
                .body("rates.messages_per_second", equalTo(42))
                .body("rates.bytes_per_second", equalTo(125_000))
                .body("rates.messages_per_second_1m", equalTo(1.0))
                .body("rates.messages_per_second_5m", equalTo(5.0))
                .body("throughput_mbps", equalTo(1.0))
                .body("window.from", equalTo("2026-11-21T03:49:00.000Z"))
                .body("window.to", equalTo("2026-11-21T03:50:05.100Z"))
                .body("window.messages", equalTo(42 + 18 + 999))
                .body("latency_ms.p50", closeTo(10, 0.1))
                .body("latency_ms.p95", closeTo(100, 1))
                .body("latency_ms.p99", closeTo(1_000, 10))
                .body("latency_ms.count", equalTo(100))
                .body("message_bytes.p50", closeTo(200, 2))
                .body("sampled_share", equalTo(1.0))
                .body("subjects.name", contains("channel.orders", "channel.alerts"))
                .body("subjects.messages", contains(90, 10))
                .body("subjects[0].share", equalTo(0.9))
                .body("subjects[0]", not(hasKey("at_least")))
                .body("distinct_subjects", equalTo(2))
                .body("channels.name", contains("orders", "alerts"))
                .body("top_agents.agent_id", contains("lp-a", "lp-b"))
                .body("top_agents.messages", contains(61, 39))
                .body("top_agents.bytes", contains(6_100, 3_900))
                .body("error_rate", equalTo(0.2))
                .body("errors.timeout", equalTo(25))
                .body("behaviour.active_agents", equalTo(2))
                .body("behaviour.subject_entropy_bits", closeTo(0.469, 0.001))
                .body("behaviour.bytes_per_message", equalTo(200.0))
                .body("behaviour.messages_per_agent", equalTo(50.0))
                .body("locked", empty());
    }

    @Test
    void professionalSeesNoErrorsAndNoBehaviour() {
        TenantId tenant = tenant("lp-professional", Plan.PROFESSIONAL);
        traffic(tenant);

        settled(tenant)
                .body("rates.messages_per_second", equalTo(42))
                .body("latency_ms.p50", closeTo(10, 0.1))
                .body("top_agents", hasSize(2))
                .body("", not(hasKey("error_rate")))
                .body("", not(hasKey("errors")))
                .body("", not(hasKey("behaviour")))
                .body(
                        "locked.feature",
                        contains("error_rate", "anomalies", "forecast", "behaviour"));
    }

    @Test
    void basicSeesRatesOnly() {
        TenantId tenant = tenant("lp-basic", Plan.FREE);
        traffic(tenant);

        settled(tenant)
                .body("rates.messages_per_second", equalTo(42))
                .body("rates.messages_per_second_5m", equalTo(5.0))
                .body("window.messages", equalTo(42 + 18 + 999))
                .body("", not(hasKey("latency_ms")))
                .body("", not(hasKey("throughput_mbps")))
                .body("", not(hasKey("message_bytes")))
                .body("", not(hasKey("subjects")))
                .body("", not(hasKey("channels")))
                .body("", not(hasKey("top_agents")))
                .body("locked.find { it.feature == 'subjects' }.requires", equalTo("professional"))
                .body(
                        "locked.find { it.feature == 'analytics' }.requires",
                        equalTo("professional"));
    }

    @Test
    void silenceIsZeroAndHasNoPercentiles() {
        TenantId tenant = tenant("lp-silent", Plan.ENTERPRISE);

        settled(tenant)
                .body("rates.messages_per_second", equalTo(0))
                .body("throughput_mbps", equalTo(0.0))
                .body("window.messages", equalTo(0))
                .body("subjects", empty())
                .body("top_agents", empty())
                .body("", not(hasKey("latency_ms")))
                .body("", not(hasKey("sampled_share")))
                .body("", not(hasKey("error_rate")));
    }

    @Test
    void theLedgerTakesOverWhileNoTapListens() {
        TenantId tenant = tenant("lp-no-tap", Plan.ENTERPRISE);
        traffic(tenant);
        books.second(tenant, LAST_FULL.getEpochSecond(), new Traffic(30, 250_000));
        flows.noTap();
        flows.told("gone", NOW.minusSeconds(20));

        get(tenant)
                .body("rates.source", equalTo("ledger"))
                .body("rates.messages_per_second", equalTo(30))
                .body("rates.messages_per_second_5m", nullValue())
                .body("throughput_mbps", equalTo(2.0))
                .body("top_agents.agent_id", contains("lp-a", "lp-b"))
                .body("", not(hasKey("window")))
                .body("", not(hasKey("latency_ms")))
                .body("", not(hasKey("subjects")))
                .body("", not(hasKey("error_rate")));
    }

    @Test
    void aTapThatHearsNothingOfWhatIsBookedIsNotBelieved() {
        TenantId tenant = tenant("lp-tap-off", Plan.ENTERPRISE);
        books.second(tenant, LAST_FULL.getEpochSecond(), new Traffic(30, 3_000));

        get(tenant)
                .body("rates.source", equalTo("ledger"))
                .body("rates.messages_per_second", equalTo(30))
                .body("", not(hasKey("subjects")))
                .body("", not(hasKey("top_agents")));
    }

    @Test
    void aShareThatCannotBeReadHidesNoOther() {
        TenantId tenant = tenant("lp-broken", Plan.ENTERPRISE);
        traffic(tenant);
        flows.bytes(tenant, "broken", NOW, new byte[] {9, 9});

        settled(tenant).body("subjects.messages", contains(90, 10));
    }

    @Test
    void tenantsSeeNothingOfEachOther() {
        TenantId busy = tenant("lp-busy", Plan.ENTERPRISE);
        TenantId other = tenant("lp-other", Plan.ENTERPRISE);
        traffic(busy);

        settled(other)
                .body("rates.messages_per_second", equalTo(0))
                .body("subjects", empty())
                .body("channels", empty())
                .body("top_agents", empty());
    }

    private TenantId tenant(String id, Plan plan) {
        TenantId tenant = new TenantId(id);
        books.tenant(tenant, plan);
        return tenant;
    }

    /** Once the service knows when the taps listened: that is some seconds old. */
    private ValidatableResponse settled(TenantId tenant) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        get(tenant)
                                .body("rates.source", equalTo("tap"))
                                .body("rates.messages_per_second_5m", not(nullValue())));
        return get(tenant);
    }

    private ValidatableResponse get(TenantId tenant) {
        return visitor.of(tenant)
                .config(
                        RestAssuredConfig.config()
                                .jsonConfig(
                                        JsonConfig.jsonConfig()
                                                .numberReturnType(NumberReturnType.DOUBLE)))
                .get("/api/v1/metrics/realtime")
                .then()
                .statusCode(200);
    }
}
