package ai.artcafe.metrics;

import static ai.artcafe.metrics.testing.Books.totals;
import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.EventStream;
import ai.artcafe.metrics.testing.EventStream.Event;
import ai.artcafe.metrics.testing.OwnStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Period;
import ai.artcafe.stack.TokenIssuer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients see while a store is away, and that it passes. */
@QuarkusTest
@WithTestResource(OwnStores.class)
class StoreOutageIT {

    private static final String REALTIME = "/api/v1/metrics/realtime";
    private static final String STATS = "/api/v1/usage/stats";
    private static final String RECONCILIATION = "/api/v1/usage/reconciliation";
    private static final String ANALYTICS = "/api/v1/metrics/analytics";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TenantId KNOWN = new TenantId("outage-known");

    private final Visitor visitor = new Visitor(OwnStores.stack());

    @Inject Books books;

    @BeforeEach
    void aTenantThatHasAskedBefore() {
        books.tenant(KNOWN, Plan.ENTERPRISE);
        books.readThrough("n:SERVER", NOW);
        books.live(new OfTenant(KNOWN), Slice.containing(Period.DAILY, NOW), totals(12), 1);
        get(KNOWN, REALTIME).statusCode(200);
        get(KNOWN, STATS).statusCode(200);
        get(KNOWN, RECONCILIATION).statusCode(200);
        get(KNOWN, ANALYTICS).statusCode(200);
        books.awaitWritten();
    }

    @AfterEach
    void everythingRunsAgain() {
        OwnStores.stack().redis().start();
        OwnStores.stack().dynamoDb().start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> RestAssured.get("/health").then().statusCode(200));
    }

    @Test
    void withoutRedisTheLastKnownAnswerIsGivenAndMarkedStale() {
        TenantId newcomer = new TenantId("outage-redis");
        books.tenant(newcomer, Plan.ENTERPRISE);
        OwnStores.stack().redis().kill();

        awaitStale();
        get(KNOWN, REALTIME)
                .statusCode(200)
                .body("stale", equalTo(true))
                .body("as_of", equalTo("2026-11-21T03:50:05.300Z"))
                .body("today.published.messages", equalTo(12));
        get(KNOWN, STATS)
                .statusCode(200)
                .body("stale", equalTo(true))
                .body("published.messages", equalTo(12));
        get(KNOWN, RECONCILIATION).statusCode(200).body("stale", equalTo(true));
        get(KNOWN, ANALYTICS).statusCode(200).body("stale", equalTo(true));
        unavailable(newcomer);

        OwnStores.stack().redis().start();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        get(KNOWN, REALTIME)
                                .statusCode(200)
                                .body("", not(hasKey("stale")))
                                .body("today.published.messages", equalTo(12)));
        get(newcomer, REALTIME).statusCode(200).body("today.published.messages", equalTo(0));
    }

    @Test
    void withoutDynamoDbTenantsThatAreKnownGoOnAndOthersAreToldToWait() {
        TenantId newcomer = new TenantId("outage-dynamodb");
        books.tenant(newcomer, Plan.ENTERPRISE);
        OwnStores.stack().dynamoDb().kill();

        await().during(Duration.ofSeconds(4))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() ->
                        get(KNOWN, REALTIME)
                                .statusCode(200)
                                .body("", not(hasKey("stale")))
                                .body("tier", equalTo("enterprise")));
        get(KNOWN, STATS).statusCode(200).body("published.messages", equalTo(12));
        get(KNOWN, RECONCILIATION).statusCode(200).body("", not(hasKey("stale")));
        get(KNOWN, ANALYTICS).statusCode(200).body("stale", equalTo(true));
        unavailable(newcomer);

        OwnStores.stack().dynamoDb().start();
        await().atMost(PATIENCE).untilAsserted(() -> get(newcomer, REALTIME).statusCode(200));
    }

    @Test
    void streamsGoOnWithTheLastKnownPictureAndComeBack() throws Exception {
        TokenIssuer tokens = OwnStores.stack().tokens();
        TenantId newcomer = new TenantId("outage-stream");
        books.tenant(newcomer, Plan.ENTERPRISE);
        try (EventStream stream = EventStream.open(tokens, KNOWN)) {
            assertThat(stream.next().orElseThrow().data().has("stale")).isFalse();
            OwnStores.stack().redis().kill();

            Event stale = until(stream, event -> event.data().has("stale"));
            assertThat(stale.name()).isEqualTo("realtime");
            assertThat(stale.id()).isEmpty();
            assertThat(stale.data().at("/today/published/messages").asInt()).isEqualTo(12);
            assertThat(EventStream.open(tokens, newcomer).status()).isEqualTo(503);

            OwnStores.stack().redis().start();
            Event fresh = until(stream, event -> !event.data().has("stale"));
            assertThat(fresh.data().at("/today/published/messages").asInt()).isEqualTo(12);
            assertThat(fresh.id()).isPresent();
        }
    }

    private static Event until(EventStream stream, Predicate<Event> wanted)
            throws InterruptedException {
        Event event = stream.next().orElseThrow();
        while (!wanted.test(event)) {
            event = stream.next().orElseThrow();
        }
        return event;
    }

    /** Once nobody shares a picture any more that was made before. */
    private void awaitStale() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> get(KNOWN, REALTIME).body("stale", equalTo(true)));
    }

    private void unavailable(TenantId tenant) {
        get(tenant, STATS)
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("1"))
                .body("code", equalTo("unavailable"));
    }

    private ValidatableResponse get(TenantId tenant, String path) {
        return visitor.of(tenant).get(path).then();
    }
}
