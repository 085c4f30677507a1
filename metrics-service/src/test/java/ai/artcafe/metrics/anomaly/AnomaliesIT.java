package ai.artcafe.metrics.anomaly;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.metrics.forecast.Forecasts;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyState;
import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.model.anomaly.WarmUp;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class AnomaliesIT {

    private static final String ANOMALIES = "/api/v1/metrics/anomalies";

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject AnomalySummaries summaries;
    @Inject Forecasts forecasts;

    @Test
    void showsWhatBeganInTheLastHoursTheLatestFirst() {
        TenantId tenant = tenant("anomalies-acme", Plan.ENTERPRISE);
        books.anomaly(anomaly(tenant, "old", Duration.ofHours(30), true));
        books.anomaly(anomaly(tenant, "over", Duration.ofHours(20), true));
        books.anomaly(anomaly(tenant, "lasting", Duration.ofMinutes(5), false));
        books.anomalyState(
                tenant,
                new AnomalyState(
                        NOW.minusSeconds(65),
                        List.of(anomaly(tenant, "lasting", Duration.ofMinutes(5), false)),
                        1,
                        List.of(
                                new WarmUp(AnomalyType.ERROR_RATE, 0, 0),
                                new WarmUp(AnomalyType.PATTERN, 12, 360))));

        visitor.of(tenant)
                .get(ANOMALIES)
                .then()
                .statusCode(200)
                .header("Cache-Control", "private, no-cache")
                .body("tenant_id", equalTo("anomalies-acme"))
                .body("tier", equalTo("enterprise"))
                .body("", hasKey("as_of"))
                .body("", hasKey("complete_through"))
                .body("judged_through", equalTo("2026-11-21T03:49:00.300Z"))
                .body("hours", equalTo(24))
                .body("anomalies.id", contains("lasting", "over"))
                .body("anomalies[0].type", equalTo("error_rate"))
                .body("anomalies[0].dimension", equalTo("error_rate"))
                .body("anomalies[0].severity", equalTo("high"))
                .body("anomalies[0].started_at", equalTo("2026-11-21T03:45:05.300Z"))
                .body("anomalies[0]", not(hasKey("ended_at")))
                .body("anomalies[0].direction", equalTo("above"))
                .body("anomalies[0].observed", equalTo(0.25f))
                .body("anomalies[0].expected.low", equalTo(0.0f))
                .body("anomalies[0].expected.high", equalTo(0.1f))
                .body("anomalies[0].client_id", equalTo("anomalies-agent"))
                .body("anomalies[0].subject", equalTo("orders.new"))
                .body("anomalies[0].explanation", equalTo("much failed"))
                .body("anomalies[1]", hasKey("ended_at"))
                .body("summary.total", equalTo(2))
                .body("summary.more", equalTo(false))
                .body("summary.open", equalTo(1))
                .body("summary.by_severity.high", equalTo(2))
                .body("summary.by_type.error_rate", equalTo(2))
                .body("detectors.type", contains("error_rate", "pattern"))
                .body("detectors.ready", contains(true, false))
                .body("detectors[1].known_minutes", equalTo(12))
                .body("detectors[1].needed_minutes", equalTo(360))
                .body("", not(hasKey("next_cursor")))
                .body("", not(hasKey("stale")));
        visitor.of(tenant)
                .queryParam("hours", 48)
                .get(ANOMALIES)
                .then()
                .body("anomalies.id", contains("lasting", "over", "old"));
    }

    @Test
    void saysThatNobodyLooksAndNothingIsKnown() {
        TenantId tenant = tenant("anomalies-new", Plan.ENTERPRISE);

        visitor.of(tenant)
                .get(ANOMALIES)
                .then()
                .statusCode(200)
                .body("judged_through", nullValue())
                .body("anomalies", empty())
                .body("detectors", empty())
                .body("summary.total", equalTo(0));
        assertThat(summaries.of(tenant)).isEmpty();
        assertThat(forecasts.of(tenant)).isEmpty();
    }

    @Test
    void pagesThroughAllOfThemOnce() {
        TenantId tenant = tenant("anomalies-paged", Plan.ENTERPRISE);
        IntStream.range(0, 7)
                .forEach(i ->
                        books.anomaly(anomaly(tenant, "a-" + i, Duration.ofMinutes(10 + i), true)));

        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var request = visitor.of(tenant).queryParam("limit", 3);
            cursor.ifPresent(at -> request.queryParam("cursor", at));
            var page = request.get(ANOMALIES).then().statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("anomalies.id"));
            assertThat(page.getInt("summary.total")).isEqualTo(7);
            cursor = Optional.ofNullable(page.getString("next_cursor"));
        } while (cursor.isPresent());

        assertThat(seen).containsExactly("a-0", "a-1", "a-2", "a-3", "a-4", "a-5", "a-6");
    }

    @Test
    void refusesACursorOfAnotherTenant() {
        TenantId ours = tenant("anomalies-ours", Plan.ENTERPRISE);
        TenantId theirs = tenant("anomalies-theirs", Plan.ENTERPRISE);
        for (int i = 0; i < 3; i++) {
            books.anomaly(anomaly(theirs, "t-" + i, Duration.ofMinutes(10 + i), true));
        }
        String cursor =
                visitor.of(theirs)
                        .queryParam("limit", 1)
                        .get(ANOMALIES)
                        .then()
                        .extract()
                        .path("next_cursor");

        visitor.of(ours)
                .queryParam("cursor", cursor)
                .get(ANOMALIES)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
        visitor.of(ours).get(ANOMALIES).then().body("anomalies", empty());
        visitor.of(ours)
                .header("X-Tenant-Id", theirs.value())
                .get(ANOMALIES)
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @EnumSource(
            value = Plan.class,
            names = {"FREE", "STARTER", "PROFESSIONAL"})
    void isForTheEnterpriseTier(Plan plan) {
        TenantId tenant = tenant("anomalies-" + plan.id(), plan);
        books.anomaly(anomaly(tenant, "hidden", Duration.ofMinutes(5), true));

        visitor.of(tenant)
                .get(ANOMALIES)
                .then()
                .statusCode(403)
                .body("code", equalTo("tier_required"))
                .body("required_tier", equalTo("enterprise"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "721", "-1", "1.5", "x", "99999999999"})
    void refusesHoursThatAreNone(String hours) {
        TenantId tenant = tenant("anomalies-bad", Plan.ENTERPRISE);

        visitor.of(tenant)
                .queryParam("hours", hours)
                .get(ANOMALIES)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void summariesAndForecastsAreThereForTheRealtimeAnswer() {
        TenantId tenant = tenant("anomalies-live", Plan.ENTERPRISE);
        books.anomalyState(
                tenant,
                new AnomalyState(
                        NOW,
                        List.of(anomaly(tenant, "open", Duration.ofMinutes(5), false)),
                        1,
                        List.of()));
        books.forecast(tenant, new Forecast(NOW, 5, 72, Optional.empty()));

        assertThat(summaries.of(tenant))
                .hasValueSatisfying(summary -> {
                    assertThat(summary.open()).isOne();
                    assertThat(summary.worst()).hasValue(Severity.HIGH);
                    assertThat(summary.latest().getFirst().id()).isEqualTo("open");
                });
        assertThat(forecasts.of(tenant)).hasValue(new Forecast(NOW, 5, 72, Optional.empty()));
    }

    private TenantId tenant(String id, Plan plan) {
        TenantId tenant = new TenantId(id);
        books.tenant(tenant, plan);
        return tenant;
    }

    private static Anomaly anomaly(TenantId tenant, String id, Duration ago, boolean over) {
        Instant start = NOW.minus(ago);
        return new Anomaly(
                tenant,
                id,
                AnomalyType.ERROR_RATE,
                Dimension.ERROR_RATE,
                Severity.HIGH,
                start,
                over ? Optional.of(start.plusSeconds(120)) : Optional.empty(),
                Optional.of(Direction.ABOVE),
                0.25,
                new Band(0, 0.1),
                Optional.of(new AgentId("anomalies-agent")),
                Optional.of("orders.new"),
                "much failed");
    }
}
