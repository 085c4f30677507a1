package ai.artcafe.runtime.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.runtime.problem.IssuerKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(IssuerKeys.class)
class StatusQuarkusTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject CollectedReports reports;

    @Test
    void requestsAreReportedByRouteWhateverIsInTheirPaths() {
        Map<String, EndpointActivity> before = reports.total().endpoints();
        for (String id : List.of("a1", "a2", "..%2f..%2fetc", "%00", "x".repeat(3000), "A_B")) {
            given().urlEncodingEnabled(false).get("/faulty/agents/" + id);
        }
        for (int i = 0; i < 50; i++) {
            given().get("/nowhere/" + i + "/<script>");
        }
        given().get("/faulty/bug");
        given().get("/faulty/problem");
        given().delete("/faulty/bug");

        await().atMost(SOON)
                .untilAsserted(() -> {
                    Map<String, EndpointActivity> now = reports.total().endpoints();
                    assertThat(more(now, before, "GET (unmatched)")).isGreaterThanOrEqualTo(50);
                    assertThat(more(now, before, "GET /faulty/agents/{agent}"))
                            .isGreaterThanOrEqualTo(4);
                    assertThat(of(now, "GET /faulty/bug").failed()).isPositive();
                    assertThat(of(now, "GET /faulty/problem").refused()).isPositive();
                    assertThat(of(now, "GET /faulty/agents/{agent}").statuses())
                            .containsKeys(200, 400);
                    assertThat(of(now, "GET /faulty/bug").millis().quantile(0.5)).isPresent();
                });
        assertThat(reports.total().endpoints().keySet())
                .allMatch(name -> name.matches("[A-Z]+ (/faulty[a-z/{}]*|\\(unmatched\\))"));
    }

    @Test
    void sessionsAreCountedOnceByHeaderOrCookieAndNotForRefusedRequests() {
        double before = reports.total().sessions().estimate();
        for (int i = 0; i < 3; i++) {
            given().header("X-Session-Id", "s-1").get("/faulty/agents/a1");
            given().cookie("artcafe_session", "s-1").get("/faulty/agents/a1");
            given().cookie("artcafe_session", "s-2").get("/faulty/agents/a1");
            given().header("X-Session-Id", "s-" + "x".repeat(500)).get("/faulty/agents/a1");
            given().header("X-Session-Id", "refused-" + i).get("/faulty/agents/A_B");
        }

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(reports.total().sessions().estimate() - before).isEqualTo(2.0));
        assertThat(reports.total().networks().estimate()).isEqualTo(1.0);
    }

    @Test
    void aServiceWhoseStoreIsAwayIsNotUp() {
        await().atMost(SOON).untilAsserted(() -> assertThat(reports.total().looks()).isPositive());
        assertThat(reports.total().upMinutes()).isZero();
    }

    private static long more(
            Map<String, EndpointActivity> now, Map<String, EndpointActivity> before, String name) {
        return of(now, name).requests() - of(before, name).requests();
    }

    private static EndpointActivity of(Map<String, EndpointActivity> all, String name) {
        return all.getOrDefault(name, EndpointActivity.NONE);
    }
}
