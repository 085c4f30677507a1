package ai.artcafe.metrics.health;

import static ai.artcafe.metrics.testing.Books.totals;
import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import ai.artcafe.metrics.presence.Attendance;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Period;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class HealthCheckIT {

    private static final String PATH = "/api/v1/metrics/health-check";

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject FlowBooks flows;
    @Inject Attendance attendance;

    @BeforeEach
    void aPlatformAtWork() {
        books.nothingRead();
        books.readThrough("n:SERVER", NOW);
        attendance.heardThrough(NOW);
        flows.told("one", NOW);
    }

    @AfterEach
    void asOthersExpectIt() {
        flows.noTap();
        attendance.neverHeard();
        books.nothingRead();
    }

    @Test
    void aTenantWithoutAnyIssueIsHealthy() {
        check(tenant("health-well", Plan.ENTERPRISE))
                .body("tenant_id", equalTo("health-well"))
                .body("tier", equalTo("enterprise"))
                .body("as_of", equalTo("2026-11-21T03:50:05.300Z"))
                .body("complete_through", equalTo("2026-11-21T03:50:05.300Z"))
                .body("status", equalTo("healthy"))
                .body("clients.online", equalTo(0))
                .body("", hasKey("coverage"))
                .body("", not(hasKey("stale")))
                .body("issues", empty())
                .body("locked", empty());
    }

    @Test
    void agentsThatAreNotWellAreCountedAndNamed() {
        TenantId tenant = tenant("health-agents", Plan.FREE);
        agent(tenant, "health-bad", PresenceStatus.UNHEALTHY, NOW.minusSeconds(40));
        agent(tenant, "health-weak", PresenceStatus.DEGRADED, NOW.minusSeconds(20));
        agent(tenant, "health-weaker", PresenceStatus.DEGRADED, NOW.minusSeconds(30));
        agent(tenant, "health-good", PresenceStatus.ONLINE, NOW.minusSeconds(10));

        check(tenant)
                .body("status", equalTo("unhealthy"))
                .body("clients.unhealthy", equalTo(1))
                .body("clients.degraded", equalTo(2))
                .body("clients.online", equalTo(1))
                .body("issues.code", contains("agents_unhealthy", "agents_degraded"))
                .body("issues.severity", contains("critical", "warning"))
                .body("issues.count", contains(1, 2))
                .body("issues[0].client_ids", contains("health-bad"))
                .body("issues[1].client_ids", contains("health-weaker", "health-weak"))
                .body("issues[1].since", equalTo("2026-11-21T03:49:35.300Z"))
                .body("issues[1].detail", equalTo("2 agents are degraded."))
                .body("locked.feature", contains("anomalies"));
    }

    @Test
    void whatIsWrongWithTheFiguresIsSaid() {
        TenantId tenant = tenant("health-figures", Plan.ENTERPRISE);
        books.readThrough("n:SLOW", NOW.minusSeconds(90));
        attendance.heardThrough(NOW.minusSeconds(11));
        flows.noTap();
        books.gap(
                tenant, new Gap("n:GONE", NOW.minusSeconds(600), NOW.minusSeconds(599), 2, false));
        books.gap(tenant, new Gap("n:BACK", NOW.minusSeconds(700), NOW.minusSeconds(699), 2, true));
        books.gap(
                tenant,
                new Gap("n:OLD", NOW.minusSeconds(90_001), NOW.minusSeconds(90_000), 2, false));
        books.reconciled(
                tenant,
                Period.DAILY.start(NOW),
                Map.of(
                        ReconciledFields.SETTLED_THROUGH,
                        NOW.toEpochMilli(),
                        ReconciledFields.SERVER + ReconciledFields.MESSAGES,
                        7L));

        check(tenant)
                .body("status", equalTo("degraded"))
                .body(
                        "issues.code",
                        contains("data_incomplete", "presence_stale", "tap_away", "gaps", "drift"))
                .body("issues.find { it.code == 'gaps' }.count", equalTo(1))
                .body(
                        "issues.find { it.code == 'gaps' }.since",
                        equalTo("2026-11-21T03:40:05.300Z"))
                .body(
                        "issues.find { it.code == 'drift' }.detail",
                        equalTo("The witnesses differ today by 7 messages and 0 bytes."));
    }

    @Test
    void figuresThatStandStillMakeItUnknown() {
        TenantId tenant = tenant("health-still", Plan.FREE);
        books.nothingRead();
        books.readThrough("n:SERVER", NOW.minusSeconds(16));
        check(tenant)
                .body("status", equalTo("unknown"))
                .body("issues.code", contains("data_stale"))
                .body("issues[0].since", equalTo("2026-11-21T03:49:49.300Z"));

        books.nothingRead();
        check(tenant).body("status", equalTo("unknown")).body("issues.code", contains("no_data"));
    }

    @Test
    void theDaysQuotaIsAnIssueFromFourFifthsOn() {
        TenantId tenant = tenant("health-quota", Plan.FREE);
        Slice today = Slice.containing(Period.DAILY, NOW);
        books.live(new OfTenant(tenant), today, totals(8_000), 1);
        check(tenant)
                .body("issues.code", hasItem("quota_near"))
                .body("status", equalTo("degraded"));

        books.live(new OfTenant(tenant), today, totals(10_000), 2);
        check(tenant)
                .body("issues.code", hasItem("quota_exhausted"))
                .body("issues[0].detail", equalTo("10000 of today's 10000 messages are published."))
                .body("status", equalTo("unhealthy"));
    }

    @Test
    void operatorsSeeEachPartAndHowFarTheLedgerIs() {
        RestAssured.get("/health")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'redis' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'dynamodb' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'ledger' }.data.state", equalTo("fresh"))
                .body("checks.findAll { it.name == 'dynamodb' }.size()", equalTo(1));

        books.readThrough("n:SERVER", NOW.minusSeconds(20));
        RestAssured.get("/q/health")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'ledger' }.data.state", equalTo("degraded"))
                .body("checks.find { it.name == 'ledger' }.data.age_ms", equalTo(20_000))
                .body(
                        "checks.find { it.name == 'ledger' }.data.as_of",
                        equalTo("2026-11-21T03:49:45.300Z"));
        RestAssured.get("/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'stores' }.data.redis", equalTo("reached"));
    }

    private TenantId tenant(String id, Plan plan) {
        TenantId tenant = new TenantId(id);
        books.tenant(tenant, plan);
        return tenant;
    }

    private void agent(TenantId tenant, String id, PresenceStatus status, Instant since) {
        AgentId agent = new AgentId(id);
        long millis = since.toEpochMilli();
        attendance.agent(
                tenant,
                agent,
                "%s %d %d %d 0 - 0 0 1 nats -".formatted(status.id(), millis, millis, millis));
        attendance.changed(
                tenant,
                new PresenceChange(
                        1, agent, Optional.empty(), status, since, PresenceChange.Cause.HEARTBEAT));
    }

    private ValidatableResponse check(TenantId tenant) {
        return visitor.of(tenant).get(PATH).then().statusCode(200);
    }
}
