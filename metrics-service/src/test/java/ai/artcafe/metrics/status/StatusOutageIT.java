package ai.artcafe.metrics.status;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static io.restassured.RestAssured.get;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.OwnStores;
import ai.artcafe.runtime.status.ReportSink;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of the platform while a store is away. */
@QuarkusTest
@WithTestResource(OwnStores.class)
class StatusOutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject ReportSink sink;
    @Inject Books books;

    @Test
    void withoutStoresNothingIsMadeUpAndAllOfItComesBack() {
        sink.send(Reports.gateway(NOW, 100, List.of("a"), List.of()));
        books.awaitWritten();
        awaitReal();
        get("/api/status/analytics").then().statusCode(200).body("", not(hasKey("stale")));

        OwnStores.stack().redis().kill();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        get("/api/status")
                                .then()
                                .statusCode(200)
                                .body("data.realTimeMetrics.usingRealData", equalTo(false))
                                .body("data.realTimeMetrics", hasKey("activeUsers"))
                                .body("data.realTimeMetrics.activeUsers", nullValue())
                                .body("data.realTimeMetrics.trackedAgents", nullValue())
                                .body("status", equalTo("unknown"))
                                .body("as_of", nullValue()));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        get("/api/status/analytics")
                                .then()
                                .statusCode(200)
                                .body("stale", equalTo(true))
                                .body("overview.active_users", equalTo(1)));
        get("/api/status/api-status?period=24h")
                .then()
                .statusCode(503)
                .body("code", equalTo("unavailable"));
        OwnStores.stack().redis().start();
        awaitReal();

        OwnStores.stack().dynamoDb().kill();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        get("/api/status")
                                .then()
                                .statusCode(200)
                                .body("data.realTimeMetrics.usingRealData", equalTo(true))
                                .body("data.realTimeMetrics.activeUsers", equalTo(1))
                                .body(
                                        "data.services.find { it.name == 'gateway' }.uptime_24h",
                                        nullValue()));
        get("/api/status/analytics").then().statusCode(200).body("stale", equalTo(true));
        get("/api/status/api-status").then().statusCode(200).body("services", notNullValue());
        OwnStores.stack().dynamoDb().start();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        get("/api/status/analytics")
                                .then()
                                .statusCode(200)
                                .body("", not(hasKey("stale"))));
    }

    private static void awaitReal() {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        get("/api/status")
                                .then()
                                .statusCode(200)
                                .body("data.realTimeMetrics.usingRealData", equalTo(true))
                                .body("data.realTimeMetrics.activeUsers", equalTo(1)));
    }
}
