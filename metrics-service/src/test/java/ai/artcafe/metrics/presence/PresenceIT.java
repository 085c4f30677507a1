package ai.artcafe.metrics.presence;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.model.presence.PresenceStatus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class PresenceIT {

    private static final String PRESENCE = "/api/v1/metrics/presence";

    private final Visitor visitor = new Visitor(SharedStores.stack());
    private final TenantId tenant = new TenantId("presence-" + UUID.randomUUID());
    private final AgentId a1 = new AgentId("a1-" + UUID.randomUUID());
    private final AgentId a2 = new AgentId("a2-" + UUID.randomUUID());

    @Inject Books books;
    @Inject Attendance attendance;

    @BeforeEach
    void twoAgentsThatWereHeardJustNow() {
        attendance.heardThrough(NOW.minusMillis(300));
        attendance.agent(
                tenant,
                a1,
                "degraded %d %d %d 0 degraded %d %d 2 nats n:SERVER/7,g:gw.42/c-1"
                        .formatted(
                                millis(NOW.minusSeconds(50)),
                                millis(NOW.minusSeconds(20)),
                                millis(NOW.minusSeconds(20)),
                                millis(NOW.minusSeconds(20)),
                                millis(NOW.minusSeconds(20))));
        attendance.details(tenant, a1, "1.2.3", "{\"cpu\":0.5,\"queue\":7.0}");
        attendance.active(tenant, a1, NOW.minusSeconds(5));
        attendance.agent(
                tenant,
                a2,
                "offline %1$d %1$d 0 %1$d - 0 0 0 - -".formatted(millis(NOW.minusSeconds(600))));
    }

    @Test
    void the_basic_tier_sees_counts_and_statuses_and_what_it_lacks() {
        books.tenant(tenant, Plan.FREE);

        visitor.of(tenant)
                .get(PRESENCE)
                .then()
                .statusCode(200)
                .body("tenant_id", equalTo(tenant.value()))
                .body("tier", equalTo("basic"))
                .body("as_of", equalTo("2026-11-21T03:50:05.000Z"))
                .body("", not(hasKey("stale")))
                .body("counts.online", equalTo(0))
                .body("counts.degraded", equalTo(1))
                .body("counts.unhealthy", equalTo(0))
                .body("counts.offline", equalTo(1))
                .body("clients.client_id", contains(a1.value(), a2.value()))
                .body("clients.status", contains("degraded", "offline"))
                .body("clients[0].size()", equalTo(2))
                .body("", not(hasKey("changes")))
                .body("locked.feature", contains("presence_detail", "presence_history"))
                .body("locked.requires", contains("professional", "professional"));
    }

    @Test
    void the_professional_tier_sees_health_doors_metrics_and_when_it_was_last_seen() {
        books.tenant(tenant, Plan.PROFESSIONAL);
        attendance.changed(tenant, change(1, a2, NOW.minusSeconds(600), PresenceStatus.OFFLINE));

        visitor.of(tenant)
                .get(PRESENCE)
                .then()
                .statusCode(200)
                .body("clients[0].health", equalTo("degraded"))
                .body("clients[0].since", equalTo("2026-11-21T03:49:15.300Z"))
                .body("clients[0].last_seen", equalTo("2026-11-21T03:50:00.300Z"))
                .body("clients[0].heartbeat", equalTo("2026-11-21T03:49:45.300Z"))
                .body("clients[0].doors", contains("nats", "websocket"))
                .body("clients[0].connections", equalTo(2))
                .body("clients[0].version", equalTo("1.2.3"))
                .body("clients[0].metrics.cpu", equalTo(0.5f))
                .body("clients[0].metrics.queue", equalTo(7.0f))
                .body("clients[1].doors", empty())
                .body("clients[1]", not(hasKey("health")))
                .body("clients[1]", not(hasKey("heartbeat")))
                .body("changes", hasSize(1))
                .body("changes[0].client_id", equalTo(a2.value()))
                .body("changes[0].to", equalTo("offline"))
                .body("changes[0].cause", equalTo("closed"))
                .body("locked", empty());
    }

    @Test
    void one_agents_history_is_paged_and_bounded_by_the_tier() {
        books.tenant(tenant, Plan.PROFESSIONAL);
        attendance.written(
                tenant, change(1, a1, NOW.minus(Duration.ofDays(8)), PresenceStatus.ONLINE));
        attendance.written(
                tenant, change(2, a1, NOW.minus(Duration.ofDays(6)), PresenceStatus.OFFLINE));
        attendance.written(
                tenant, change(3, a1, NOW.minus(Duration.ofDays(1)), PresenceStatus.ONLINE));
        PresenceChange recent = change(4, a1, NOW.minusSeconds(50), PresenceStatus.DEGRADED);
        attendance.changed(tenant, change(5, a2, NOW.minusSeconds(9), PresenceStatus.OFFLINE));
        attendance.changed(tenant, recent);
        attendance.written(
                new TenantId("another-tenant"),
                change(1, a1, NOW.minus(Duration.ofDays(2)), PresenceStatus.UNHEALTHY));

        String next =
                visitor.of(tenant)
                        .queryParam("client_id", a1.value())
                        .queryParam("limit", 2)
                        .get(PRESENCE)
                        .then()
                        .statusCode(200)
                        .body("clients", hasSize(1))
                        .body("clients[0].status", equalTo("degraded"))
                        .body("clients[0].history.to", contains("degraded", "online"))
                        .extract()
                        .path("next_cursor");
        visitor.of(tenant)
                .queryParam("client_id", a1.value())
                .queryParam("limit", 2)
                .queryParam("cursor", next)
                .get(PRESENCE)
                .then()
                .statusCode(200)
                .body("clients[0].history.to", contains("offline"))
                .body("", not(hasKey("next_cursor")));
        visitor.of(tenant)
                .queryParam("client_id", a2.value())
                .queryParam("cursor", next)
                .get(PRESENCE)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void the_list_is_paged_in_the_order_of_the_ids() {
        books.tenant(tenant, Plan.FREE);

        String next =
                visitor.of(tenant)
                        .queryParam("limit", 1)
                        .get(PRESENCE)
                        .then()
                        .body("clients.client_id", contains(a1.value()))
                        .extract()
                        .path("next_cursor");
        visitor.of(tenant)
                .queryParam("limit", 1)
                .queryParam("cursor", next)
                .get(PRESENCE)
                .then()
                .body("clients.client_id", contains(a2.value()))
                .body("counts.offline", equalTo(1))
                .body("", not(hasKey("next_cursor")));
        visitor.of(tenant).queryParam("limit", 101).get(PRESENCE).then().statusCode(400);
    }

    @Test
    void what_no_tracker_has_heard_for_a_while_is_stale() {
        books.tenant(tenant, Plan.FREE);
        attendance.heardThrough(NOW.minusSeconds(11));

        visitor.of(tenant)
                .get(PRESENCE)
                .then()
                .statusCode(200)
                .body("stale", equalTo(true))
                .body("as_of", equalTo("2026-11-21T03:49:54.300Z"));
    }

    @Test
    void no_number_is_made_up_when_no_tracker_was_ever_there() {
        books.tenant(tenant, Plan.FREE);
        attendance.neverHeard();

        visitor.of(tenant)
                .get(PRESENCE)
                .then()
                .statusCode(200)
                .body("", hasKey("as_of"))
                .body("as_of", nullValue())
                .body("counts", nullValue());
    }

    @Test
    void an_agent_that_was_never_seen_is_offline_and_another_tenants_is_not_there() {
        TenantId other = new TenantId("presence-other-" + UUID.randomUUID());
        books.tenant(tenant, Plan.PROFESSIONAL);
        books.tenant(other, Plan.PROFESSIONAL);
        AgentId quiet = new AgentId("quiet-" + UUID.randomUUID());
        books.agent(tenant, quiet);

        visitor.of(tenant)
                .queryParam("client_id", quiet.value())
                .get(PRESENCE)
                .then()
                .statusCode(200)
                .body("clients[0].status", equalTo("offline"))
                .body("clients[0].history", empty());
        visitor.of(other)
                .queryParam("client_id", a1.value())
                .get(PRESENCE)
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
        visitor.of(other)
                .get(PRESENCE)
                .then()
                .statusCode(200)
                .body("clients", empty())
                .body("counts.offline", equalTo(0));
        visitor.of(tenant)
                .queryParam("client_id", "Not Valid")
                .get(PRESENCE)
                .then()
                .statusCode(400);
    }

    private static PresenceChange change(
            long number, AgentId agent, Instant at, PresenceStatus to) {
        return new PresenceChange(
                number,
                agent,
                Optional.of(PresenceStatus.ONLINE),
                to,
                at,
                PresenceChange.Cause.CLOSED);
    }

    private static long millis(Instant at) {
        return at.toEpochMilli();
    }
}
