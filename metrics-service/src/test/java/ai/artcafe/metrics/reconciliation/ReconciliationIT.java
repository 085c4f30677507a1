package ai.artcafe.metrics.reconciliation;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.metrics.usage.UsageRange;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.page.Cursor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class ReconciliationIT {

    private static final String RECONCILIATION = "/api/v1/usage/reconciliation";
    private static final Instant LONG_AGO = Instant.parse("2026-11-03T10:00:00Z");

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;

    @BeforeEach
    void aLedgerThatIsRead() {
        books.nothingRead();
        books.readThrough("n:SERVER", NOW.minusMillis(300));
    }

    @Test
    void showsWhatTheThreeWitnessesSayTodayToEveryTier() {
        TenantId tenant = tenant("reconciled-today", Plan.FREE);
        books.reconciled(tenant, NOW, day(100, 100, 120, 5));
        books.adjusted(tenant, adjustment("w:7:h/20/2000", NOW.minusSeconds(60)));
        books.gap(tenant, new Gap("n:NSERVER", NOW.minusSeconds(9), NOW.minusSeconds(8), 3, false));

        ask(tenant, "")
                .statusCode(200)
                .body("tenant_id", equalTo("reconciled-today"))
                .body("tier", equalTo("basic"))
                .body("as_of", equalTo("2026-11-21T03:50:05.000Z"))
                .body("complete_through", equalTo("2026-11-21T03:50:05.000Z"))
                .body("settled_through", equalTo("2026-11-21T03:50:00.000Z"))
                .body("period.from", equalTo("2026-11-21T00:00:00.000Z"))
                .body("period.to", equalTo("2026-11-22T00:00:00.000Z"))
                .body("ledger.messages", equalTo(100))
                .body("server.bytes", equalTo(10_000))
                .body("tap.messages", equalTo(120))
                .body("drift.messages", equalTo(15))
                .body("drift.bytes", equalTo(1_500))
                .body("coverage", equalTo(1.0f))
                .body("adjustments[0].id", equalTo("w:7:h/20/2000"))
                .body("adjustments[0].reason", equalTo("hidden"))
                .body("adjustments[0].agent_id", equalTo("reconciled-agent"))
                .body("adjustments[0].amount.messages", equalTo(20))
                .body("adjustments[0].booked_at", equalTo("2026-11-21T03:49:05.300Z"))
                .body("adjustments[0].evidence.connection", equalTo("17"))
                .body("adjustments[0]", not(hasKey("period")))
                .body("gaps[0].server_id", equalTo("NSERVER"))
                .body("gaps[0].connections", equalTo(3))
                .body("gaps[0]", not(hasKey("returned")))
                .body("", not(hasKey("next_cursor")))
                .body("", not(hasKey("stale")));
    }

    @Test
    void saysNullWhereNothingHasBeenCompared() {
        ask(tenant("reconciled-nothing", Plan.ENTERPRISE), "")
                .statusCode(200)
                .body("settled_through", nullValue())
                .body("ledger", nullValue())
                .body("server", nullValue())
                .body("tap", nullValue())
                .body("drift", nullValue())
                .body("coverage", nullValue())
                .body("adjustments", empty())
                .body("gaps", empty());
    }

    @Test
    void addsUpDaysFromRedisAndFromDynamoDb() {
        TenantId tenant = tenant("reconciled-days", Plan.STARTER);
        books.reconciled(tenant, NOW, day(100, 100, 100, 0));
        books.reconciledBefore(tenant, LONG_AGO, day(10, 10, 10, 0));
        books.reconciledBefore(
                tenant, LONG_AGO.minusSeconds(5 * 86_400), day(7_000, 7_000, 7_000, 0));
        books.adjusted(tenant, adjustment("c:today/20/2000", NOW));
        books.adjustedBefore(tenant, adjustment("c:then/20/2000", LONG_AGO));
        books.adjustedBefore(
                tenant, adjustment("c:before/20/2000", LONG_AGO.minusSeconds(5 * 86_400)));
        books.gapBefore(tenant, new Gap("g:gw-1.17", LONG_AGO, LONG_AGO.plusSeconds(1), 2, true));

        ask(tenant, "?from=2026-11-01")
                .statusCode(200)
                .body("ledger.messages", equalTo(110))
                .body("period.to", equalTo("2026-11-22T00:00:00.000Z"))
                .body("adjustments.id", contains("c:then/20/2000", "c:today/20/2000"))
                .body("gaps[0].server_id", equalTo("gw-1.17"))
                .body("gaps[0].returned", equalTo(true));
        ask(tenant, "?from=2026-11-03&to=2026-11-04")
                .statusCode(200)
                .body("ledger.messages", equalTo(10))
                .body("adjustments.id", contains("c:then/20/2000"));
    }

    @Test
    void pagesThroughAdjustmentsAndGapsTogether() {
        TenantId tenant = tenant("reconciled-pages", Plan.PROFESSIONAL);
        IntStream.range(0, 7)
                .forEach(i ->
                        books.adjustedBefore(
                                tenant,
                                adjustment("c:" + i + "/20/2000", LONG_AGO.plusSeconds(i))));
        IntStream.range(7, 9)
                .forEach(i ->
                        books.adjusted(
                                tenant,
                                adjustment("c:" + i + "/20/2000", NOW.minusSeconds(9 - i))));
        IntStream.range(0, 3)
                .forEach(i ->
                        books.gapBefore(
                                tenant,
                                new Gap("n:N" + i, LONG_AGO.plusSeconds(i), LONG_AGO, 1, false)));

        List<String> adjustments = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            ValidatableResponse page =
                    ask(tenant, "?from=2026-11-01&limit=2" + cursor).statusCode(200);
            adjustments.addAll(page.extract().jsonPath().getList("adjustments.id"));
            gaps.addAll(page.extract().jsonPath().getList("gaps.server_id"));
            cursor =
                    Optional.ofNullable(page.extract().jsonPath().getString("next_cursor"))
                            .map(next -> "&cursor=" + next)
                            .orElse("");
            pages++;
        } while (!cursor.isEmpty());

        assertThat(adjustments)
                .isEqualTo(IntStream.range(0, 9).mapToObj(i -> "c:" + i + "/20/2000").toList());
        assertThat(gaps).containsExactly("N0", "N1", "N2");
        assertThat(pages).isEqualTo(5);
    }

    @Test
    void refusesWhatItCannotAnswer() {
        TenantId tenant = tenant("reconciled-refused", Plan.FREE);
        refused(tenant, "?from=2026-11-20T01:00:00Z", "midnight");
        refused(tenant, "?from=2026-11-20&to=2026-11-20T01:00:00Z", "midnight");
        refused(tenant, "?from=2025-09-01", "13 months");
        refused(tenant, "?limit=0", "limit");
        refused(tenant, "?cursor=abc", "cursor");
    }

    /** Whoever knows how cursors are made can make one. */
    @Test
    void refusesCursorsThatItDidNotGiveOut() {
        TenantId tenant = tenant("reconciled-forged", Plan.FREE);
        TenantId another = tenant("reconciled-another", Plan.FREE);
        String adjustment = UsageKeys.adjustment(LONG_AGO, "c:1/20/2000");
        ask(tenant, "?from=2026-11-01&cursor=" + cursor(tenant, adjustment + "\n")).statusCode(200);
        for (String position : List.of("x", adjustment, "A\n", "\nA", "\n" + adjustment, "~\n~")) {
            refused(tenant, "?from=2026-11-01&cursor=" + cursor(tenant, position), "cursor");
        }
        refused(tenant, "?from=2026-11-01&cursor=" + cursor(another, adjustment + "\n"), "cursor");
    }

    private static String cursor(TenantId tenant, String position) {
        UsageRange range = UsageRange.parseDays(Optional.of("2026-11-01"), Optional.empty(), NOW);
        return Cursor.of(Records.scope(tenant, range), position);
    }

    private void refused(TenantId tenant, String query, String detail) {
        ask(tenant, query)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("detail", containsString(detail));
    }

    private TenantId tenant(String id, Plan plan) {
        TenantId tenant = new TenantId(id);
        books.tenant(tenant, plan);
        return tenant;
    }

    private static Map<String, Long> day(long ledger, long server, long tap, long adjusted) {
        Map<String, Long> fields = new HashMap<>();
        fields.put("settled_through", Instant.parse("2026-11-21T03:50:00Z").toEpochMilli());
        Map.of(
                        "ledger", ledger,
                        "server", server,
                        "tap", tap,
                        "seen", tap,
                        "tapped_ledger", ledger,
                        "adjusted", adjusted)
                .forEach((name, messages) -> {
                    fields.put(name + "_messages", messages);
                    fields.put(name + "_bytes", messages * 100);
                });
        return fields;
    }

    private static Adjustment adjustment(String id, Instant bookedAt) {
        return new Adjustment(
                id,
                Adjustment.Reason.HIDDEN,
                new AgentId("reconciled-agent"),
                new Traffic(20, 2_000),
                bookedAt,
                bookedAt.minusSeconds(10),
                bookedAt,
                Optional.empty(),
                Map.of("connection", "17"));
    }

    private ValidatableResponse ask(TenantId tenant, String query) {
        return visitor.of(tenant).urlEncodingEnabled(false).get(RECONCILIATION + query).then();
    }
}
