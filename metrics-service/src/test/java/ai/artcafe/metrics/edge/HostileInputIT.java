package ai.artcafe.metrics.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.RawHttp;
import ai.artcafe.metrics.testing.RawHttp.Answer;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.TestClock;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.runtime.testing.ApiOperation;
import ai.artcafe.stack.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent to any operation of the service's description, the answer is proper: no fault of
 * ours, no leak, a problem with a code that the operation is described with.
 */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class HostileInputIT {

    private static final TenantId TENANT = new TenantId("hostile-acme");
    private static final TenantId FOREIGN = new TenantId("hostile-foreign");
    private static final AgentId FOREIGN_AGENT = new AgentId("hostile-foreign-agent");

    /** As values of each parameter; escaped when sent. */
    private static final List<String> VALUES =
            List.of(
                    "",
                    " ",
                    "0",
                    "-1",
                    "101",
                    "99999999999999999999",
                    "NaN",
                    "\u0663",
                    "[]",
                    "*",
                    "%",
                    "' OR '1'='1",
                    "<script>alert(1)</script>",
                    "../../../etc/passwd",
                    "a\r\nX-Injected: 1",
                    "\u202e",
                    "\ud83d\udca5",
                    "hostile-foreign-agent",
                    "@unattributed",
                    "a".repeat(64),
                    "a".repeat(4_000),
                    "2026-02-30",
                    "-999999999-01-01",
                    "9999-12-31",
                    "2026-11-21",
                    "2026-11-21T03:00:00+99:00",
                    "+999999999-12-31T23:59:59-18:00",
                    "-999999999-01-01T00:00:00+18:00",
                    "2026-11-21T02:00:00.123456789Z",
                    "9999999999d",
                    "Asia/Kolkata",
                    "+25:00",
                    "999999-99",
                    "2026-13");

    /** As they are sent after {@code name=}. */
    private static final List<String> ESCAPES =
            List.of("%00", "%c0%af", "%ff", "%25%32%35", "+", "\u00ff");

    private final String token =
            SharedStores.stack().tokens().token(TokenRequest.member("ada", TENANT, Role.VIEWER));

    @Inject Books books;

    @BeforeEach
    void twoTenants() {
        books.tenant(TENANT, Plan.ENTERPRISE);
        books.tenant(FOREIGN, Plan.ENTERPRISE);
        books.agent(FOREIGN, FOREIGN_AGENT);
        books.readThrough("n:SERVER", TestClock.NOW);
    }

    @Test
    void anyValueOfAnyParameterGetsAProperAnswer() {
        all((softly, operation) ->
                operation
                        .parameters()
                        .keySet()
                        .forEach(name -> {
                            for (String value : VALUES) {
                                check(softly, operation, operation.with(name, value));
                            }
                            for (String escape : ESCAPES) {
                                check(softly, operation, operation.with(name + "=" + escape));
                            }
                        }));
    }

    @Test
    void anyPairOfTimesGetsAProperAnswer() {
        List<String> times =
                List.of(
                        "2026-11-20",
                        "2026-11-21",
                        "2026-11-22",
                        "2027-01-01",
                        "2025-11-01",
                        "2024-01-01",
                        "0001-01-01",
                        "9999-12-31",
                        "-999999999-01-01",
                        "+999999999-12-31",
                        "2026-11-21T03:00:00Z",
                        "2026-11-21T03:30:00Z");
        all((softly, operation) -> {
            if (operation.parameters().keySet().containsAll(List.of("from", "to"))) {
                for (String from : times) {
                    for (String to : times) {
                        String query = ("from=" + from + "&to=" + to).replace("+", "%2B");
                        check(softly, operation, operation.with(query));
                    }
                }
            }
        });
    }

    @Test
    void aParameterThatIsGivenTwiceIsNotGuessedAt() {
        all((softly, operation) ->
                operation
                        .parameters()
                        .forEach((name, example) -> {
                            Answer answer =
                                    get(
                                            operation.with(
                                                    name + "=" + example + "&" + name + "=other"));
                            ProperAnswer.check(operation, name + " twice", answer);
                            softly.assertThat(answer.status())
                                    .as(operation + " " + name + " twice")
                                    .isEqualTo(400);
                            check(softly, operation, operation.with(name + "[]=" + example));
                            check(softly, operation, operation.with((name + "=1&").repeat(600)));
                        }));
    }

    @Test
    void anAddressThatIsTooLongIsToldSo() {
        all((softly, operation) -> {
            for (int length : new int[] {8_200, 16_500, 40_000, 60_000}) {
                Answer answer = get(operation.with("x=" + "a".repeat(length)));
                ProperAnswer.check(operation, "long", answer);
                softly.assertThat(answer.status()).as(operation + " " + length).isEqualTo(414);
            }
        });
        assertThat(get("/api/status?x=" + "a".repeat(100_000)).status()).isEqualTo(414);
    }

    /** Which Quarkus answers, before any code of the service runs. */
    @Test
    void whatIsNoUriIsRefusedWithoutABody() {
        for (String address : List.of("/api/status?x=%", "/api/status?x=%zz", "/api/%u0041")) {
            Answer answer = get(address);
            assertThat(answer.status()).as(address).isEqualTo(400);
            assertThat(answer.body()).as(address).isEmpty();
        }
    }

    @Test
    void headersThatAreNotAsTheyShouldBeGetAProperAnswer() {
        List<Map<String, String>> headers = new ArrayList<>();
        for (String value :
                List.of("*/*;q=x", ",,,", "text/html", "application/xml", "x", "\"", "a/b/c", "")) {
            headers.add(Map.of("Accept", value));
        }
        for (String value : List.of("\"", "W/", "*", ",", "W/\"a\", \"b", "a".repeat(3_000))) {
            headers.add(Map.of("If-None-Match", value));
        }
        for (String value : List.of("bytes=0-", "bytes=5-2", "bytes=-0", "bytes=a", "lines=1-2")) {
            headers.add(Map.of("Range", value));
        }
        headers.add(Map.of("Last-Event-ID", "a".repeat(2_000)));
        headers.add(Map.of("X-Session-Id", "a".repeat(2_000)));
        headers.add(Map.of("Cookie", "artcafe_session=\"; a=;;=,"));
        headers.add(Map.of("Accept-Encoding", "gzip;q=x, br, *;q=0"));
        headers.add(Map.of("Content-Type", "application/json", "Content-Length", "0"));
        headers.add(Map.of("X-HTTP-Method-Override", "DELETE"));
        headers.add(Map.of("Forwarded", "for=\"[::1\";host=evil", "X-Forwarded-Host", "evil"));
        for (String tenant : List.of("", "*", "-1", "../x", "\u00e9", "a".repeat(64))) {
            headers.add(Map.of("X-Tenant-Id", tenant));
        }
        all((softly, operation) ->
                headers.forEach(each ->
                        softly(
                                softly,
                                () ->
                                        ProperAnswer.check(
                                                operation,
                                                each.toString()
                                                        .substring(
                                                                0,
                                                                Math.min(
                                                                        80,
                                                                        each.toString().length())),
                                                get(operation.with(""), each)))));
    }

    @Test
    void whoNamesAForeignTenantLearnsNothing() {
        usersOnly((softly, operation) -> {
            Answer foreign = get(operation.with(""), Map.of("X-Tenant-Id", FOREIGN.value()));
            Answer absent = get(operation.with(""), Map.of("X-Tenant-Id", "hostile-nobodys"));
            softly.assertThat(foreign.status()).as(operation + " foreign").isEqualTo(404);
            softly.assertThat(foreign.text()).as(operation + " foreign").isEqualTo(absent.text());
            softly.assertThat(foreign.text()).as(operation.toString()).doesNotContain("hostile-");
            Answer query = get(operation.with("tenant_id", FOREIGN.value()));
            softly.assertThat(query.status()).as(operation + " foreign").isEqualTo(404);
        });
    }

    @Test
    void headerAndParameterMustNotContradictEachOther() {
        usersOnly((softly, operation) -> {
            Answer answer =
                    get(
                            operation.with("tenant_id", FOREIGN.value()),
                            Map.of("X-Tenant-Id", TENANT.value()));
            softly.assertThat(answer.status()).as(operation.toString()).isEqualTo(400);
            softly.assertThat(answer.text()).as(operation.toString()).contains("invalid_request");
        });
    }

    @Test
    void aForeignAgentLooksLikeOneThatDoesNotExist() {
        usersOnly((softly, operation) ->
                Stream.of("client_id", "agent")
                        .filter(operation.parameters()::containsKey)
                        .forEach(name -> {
                            Answer foreign = get(operation.with(name, FOREIGN_AGENT.value()));
                            Answer absent = get(operation.with(name, "hostile-no-agent"));
                            softly.assertThat(foreign.text())
                                    .as(operation + " " + name)
                                    .isEqualTo(absent.text())
                                    .doesNotContain("hostile-");
                            softly.assertThat(foreign.status())
                                    .isEqualTo(absent.status())
                                    .isIn(400, 404);
                        }));
    }

    @Test
    void aMethodThatIsNotOneOfTheAddressIsNotAllowed() {
        SoftAssertions.assertSoftly(
                softly -> ApiOperation.all().forEach(operation -> otherMethods(softly, operation)));
    }

    private void otherMethods(SoftAssertions softly, ApiOperation operation) {
        for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW")) {
            if (!method.equals(operation.method())) {
                Answer answer = send(method, operation.path(), Map.of());
                String about = method + " " + operation.path();
                softly.assertThat(answer.status()).as(about).isEqualTo(405);
                softly(softly, () -> ProperAnswer.problem(about, answer));
                softly.assertThat(answer.header("allow")).as(about).contains(operation.method());
            }
        }
        if (operation.method().equals("GET") && !operation.streams()) {
            Answer head = send("HEAD", operation.path(), Map.of());
            softly.assertThat(head.status()).as("HEAD " + operation).isEqualTo(200);
            softly.assertThat(head.body()).as("HEAD " + operation).isEmpty();
        }
    }

    @Test
    void anAddressThatIsNoneIsNotFound() {
        for (String path :
                List.of(
                        "/api",
                        "/api/v1",
                        "/api/v1/metrics",
                        "/api/v1/metrics/realtime/x",
                        "/api/v1/metrics/%2e%2e/realtime",
                        "/api/v1/metrics/realtime;a=b",
                        "/api/v1/metrics/realtime%00",
                        "/api/v1/metrics/%ff",
                        "/api//v1/metrics/realtime/",
                        "/api/v2/usage/stats")) {
            Answer answer = get(path);
            assertThat(answer.status()).as(path).isLessThan(500);
            if (answer.status() >= 400) {
                ProperAnswer.problem(path, answer);
            }
        }
    }

    private interface Case {
        void of(SoftAssertions softly, ApiOperation operation);
    }

    private static void all(Case test) {
        each(ApiOperation.all(), test);
    }

    private static void usersOnly(Case test) {
        each(ApiOperation.ofUsers(), test);
    }

    /** Several operations at a time: most of the time goes into waiting. */
    private static void each(List<ApiOperation> operations, Case test) {
        List<Throwable> faults =
                gets(operations).parallelStream()
                        .flatMap(operation -> {
                            SoftAssertions softly = new SoftAssertions();
                            test.of(softly, operation);
                            return softly.errorsCollected().stream();
                        })
                        .toList();
        assertThat(faults.stream().map(Throwable::getMessage)).isEmpty();
    }

    private static List<ApiOperation> gets(List<ApiOperation> operations) {
        List<ApiOperation> gets =
                operations.stream().filter(each -> each.method().equals("GET")).toList();
        assertThat(gets).hasSizeGreaterThanOrEqualTo(7);
        return gets;
    }

    private void check(SoftAssertions softly, ApiOperation operation, String target) {
        softly(softly, () -> ProperAnswer.check(operation, abbreviated(target), get(target)));
    }

    private static void softly(SoftAssertions softly, Runnable check) {
        try {
            check.run();
        } catch (AssertionError fault) {
            softly.collectAssertionError(fault);
        }
    }

    private static String abbreviated(String target) {
        return target.substring(0, Math.min(200, target.length()));
    }

    private Answer get(String target) {
        return get(target, Map.of());
    }

    private Answer get(String target, Map<String, String> headers) {
        return send("GET", target, headers);
    }

    private Answer send(String method, String target, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        return RawHttp.send(method, target, all);
    }
}
