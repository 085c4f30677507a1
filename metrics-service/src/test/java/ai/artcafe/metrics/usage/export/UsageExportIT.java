package ai.artcafe.metrics.usage.export;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class UsageExportIT {

    private static final String EXPORT = "/api/v1/usage/export";
    private static final String LONG_OVER = "?from=2026-11-01&to=2026-11-20";
    private static final String BY_AGENT = "?by=agent&from=2026-11-10&to=2026-11-21";
    private static final String THREE_PARTS = "?by=agent&from=2026-11-01&to=2026-11-21";
    private static final TenantId PRO = new TenantId("export-pro");

    private static final Instant FIRST = Instant.parse("2026-10-30T00:00:00Z");
    private static final Instant LATELY = Instant.parse("2026-11-18T00:00:00Z");

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject ObjectMapper json;

    @TestHTTPResource("")
    String base;

    private Consistent consistent;

    @BeforeEach
    void aLedgerThatIsRead() {
        consistent = new Consistent(books);
        books.nothingRead();
        books.readThrough("n:SERVER", NOW.minusMillis(300));
        books.tenant(PRO, Plan.PROFESSIONAL);
    }

    @Test
    void isTheBillingPeriodByDaysUpToTheLastSettledHourUnlessToldOtherwise() {
        TenantId tenant = tenant("export-days", Plan.FREE);
        consistent.hours(tenant, LATELY, _ -> 1);

        Response file = get(tenant, "");

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.header("Content-Type")).startsWith("text/csv");
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"usage-export-days-2026-11-01-daily.csv\"");
        assertThat(file.header("Artcafe-From")).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(file.header("Artcafe-To")).isEqualTo("2026-11-21T03:00:00Z");
        assertThat(file.header("Artcafe-Settled-Through")).isEqualTo("2026-11-21T03:00:00Z");
        List<String> lines = lines(file);
        assertThat(lines).hasSize(1 + 4);
        assertThat(lines.get(1))
                .startsWith(
                        "2026-11-18T00:00:00Z,2026-11-19T00:00:00Z,daily,true,export-days,,24,");
        assertThat(lines.getLast())
                .startsWith("2026-11-21T00:00:00Z,2026-11-21T03:00:00Z,daily,true,export-days,,3,");
    }

    @Test
    void includesWhatIsOpenWhenAskedToAndIsThenNotToBeHadInPieces() {
        TenantId tenant = tenant("export-open", Plan.FREE);
        consistent.hours(tenant, LATELY, _ -> 1);

        Response file = get(tenant, "?granularity=hourly&from=2026-11-21&open=include");

        assertThat(lines(file).getLast())
                .startsWith("2026-11-21T03:00:00Z,2026-11-21T04:00:00Z,hourly,false,");
        assertThat(file.header("ETag")).isNull();
        assertThat(file.header("Accept-Ranges")).isEqualTo("none");
        assertThat(get(tenant, "/manifest?open=include").statusCode()).isEqualTo(400);
    }

    @Test
    void byAgentWhatIsOpenIsTheWholeDay() {
        TenantId tenant = tenant("export-open-agents", Plan.PROFESSIONAL);
        Slice today = Slice.containing(Period.DAILY, NOW);
        AgentId agent = new AgentId("export-open-agent");
        books.live(new OfAgent(tenant, agent), today, Books.totals(5), 5);

        assertThat(lines(get(tenant, "?by=agent&open=include")).getLast())
                .startsWith(
                        "2026-11-21T00:00:00Z,2026-11-22T00:00:00Z,daily,false,"
                                + "export-open-agents,export-open-agent,5,");
        assertThat(lines(get(tenant, "?by=agent"))).hasSize(1);
    }

    @Test
    void sumsAreThoseOfTheApiWhateverTheTimeTheRowsAndTheZone() {
        TenantId tenant = tenant("export-sums", Plan.ENTERPRISE);
        consistent.hours(tenant, FIRST, hour -> 7 * (hour.getEpochSecond() / 3_600 % 13));
        Instant settled = Instant.parse("2026-11-21T03:00:00Z");
        long length = ChronoUnit.HOURS.between(FIRST, settled);
        List<String> zones = List.of("UTC", "Europe/Zurich", "America/New_York", "Asia/Tokyo");
        Random random = new Random(20_261_121);
        for (int i = 0; i < 15; i++) {
            long from = random.nextLong(length);
            long to = from + 1 + random.nextLong(length - from);
            String range =
                    "from=%s&to=%s"
                            .formatted(
                                    FIRST.plus(from, ChronoUnit.HOURS),
                                    FIRST.plus(to, ChronoUnit.HOURS));
            String how =
                    "&granularity=%s&time_zone=%s"
                            .formatted(
                                    List.of("hourly", "daily", "monthly").get(i % 3),
                                    zones.get(random.nextInt(zones.size())));
            sameSums(tenant, range, how);
        }
    }

    private void sameSums(TenantId tenant, String range, String how) {
        JsonPath said = visitor.of(tenant).get("/api/v1/usage/stats?" + range).jsonPath();
        List<UsageRow> rows =
                lines(get(tenant, "?format=ndjson&" + range + how)).stream()
                        .map(this::row)
                        .toList();
        Traffic published = sum(rows, UsageRow::published);
        Traffic delivered = sum(rows, UsageRow::delivered);
        assertThat(published.messages())
                .as("%s%s", range, how)
                .isEqualTo(said.getLong("published.messages"));
        assertThat(published.bytes()).isEqualTo(said.getLong("published.bytes"));
        assertThat(delivered.messages()).isEqualTo(said.getLong("delivered.messages"));
        assertThat(delivered.bytes()).isEqualTo(said.getLong("delivered.bytes"));
    }

    private UsageRow row(String line) {
        try {
            return json.readValue(line, UsageRow.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Traffic sum(List<UsageRow> rows, Function<UsageRow, Traffic> what) {
        return rows.stream().map(what).reduce(Traffic.NONE, Traffic::plus);
    }

    @Test
    void byAgentTheRowsAreInTheOrderOfNamesAndSumToTheTenant() {
        TenantId tenant = tenant("export-agents", Plan.PROFESSIONAL);
        int agents = consistent.agents(tenant, 40);

        List<String> lines = lines(get(tenant, BY_AGENT));
        JsonPath manifest = get(tenant, "/manifest" + BY_AGENT).jsonPath();

        assertThat(lines).hasSize(1 + agents * 3);
        assertThat(lines.get(1)).as("no formula").contains(",export-agents,'@gateway-gw-1,");
        assertThat(lines.stream().skip(1).map(line -> cell(line, 5).replace("'", ""))).isSorted();
        assertThat(manifest.getLong("rows")).isEqualTo(agents * 3L);
        assertThat(manifest.getLong("difference.published.messages")).isZero();
        assertThat(manifest.getLong("difference.delivered.bytes")).isZero();
        assertThat(manifest.getLong("totals.published.messages"))
                .isEqualTo(
                        lines.stream()
                                .skip(1)
                                .mapToLong(line -> Long.parseLong(cell(line, 6)))
                                .sum());
    }

    @Test
    void isCheckedByItsManifest() {
        TenantId tenant = tenant("export-manifest", Plan.FREE);
        consistent.hours(tenant, LATELY, _ -> 3);

        JsonPath manifest = get(tenant, "/manifest?granularity=hourly").jsonPath();
        Response file = visitor.of(tenant).urlEncodingEnabled(false).get(manifest.getString("url"));

        byte[] bytes = file.body().asByteArray();
        String sha256 = sha256(bytes);
        assertThat(manifest.getString("sha256")).isEqualTo(sha256);
        assertThat(manifest.getLong("bytes")).isEqualTo(bytes.length);
        assertThat(manifest.getString("etag")).isEqualTo(file.header("ETag"));
        assertThat(manifest.getString("period.to")).isEqualTo("2026-11-21T03:00:00.000Z");
        assertThat(file.header("Content-Length")).isEqualTo(Integer.toString(bytes.length));
        assertThat(file.header("Link")).contains("/manifest?").contains("rel=\"describedby\"");
        assertThat(file.header("Repr-Digest"))
                .isEqualTo(
                        "sha-256=:%s:"
                                .formatted(
                                        Base64.getEncoder()
                                                .encodeToString(HexFormat.of().parseHex(sha256))));
    }

    @Test
    void goesOnWhereADownloadBrokeOff() {
        TenantId tenant = tenant("export-resume", Plan.PROFESSIONAL);
        consistent.agents(tenant, 380);
        Response whole = get(tenant, BY_AGENT);
        byte[] all = whole.body().asByteArray();

        for (int at : new int[] {1, all.length / 2, all.length - 1}) {
            Response rest = ranged(tenant, "bytes=" + at + "-").get(EXPORT + BY_AGENT);
            assertThat(rest.statusCode()).isEqualTo(206);
            assertThat(rest.header("Content-Range"))
                    .isEqualTo("bytes %d-%d/%d".formatted(at, all.length - 1, all.length));
            assertThat(rest.body().asByteArray())
                    .isEqualTo(Arrays.copyOfRange(all, at, all.length));
        }
        Response middle =
                ranged(tenant, "bytes=10-19")
                        .header("If-Range", whole.header("ETag"))
                        .get(EXPORT + BY_AGENT);
        assertThat(middle.body().asByteArray()).isEqualTo(Arrays.copyOfRange(all, 10, 20));
        ranged(tenant, "bytes=" + all.length + "-")
                .get(EXPORT + BY_AGENT)
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */" + all.length)
                .body("code", equalTo("range_not_satisfiable"));
    }

    @Test
    void whatFailsOnTheWayCutsTheConnectionSoThatItIsNeverSilentlyShort() throws Exception {
        TenantId tenant = tenant("export-cut", Plan.PROFESSIONAL);
        consistent.agents(tenant, 410);
        Slice day = new Slice(Period.DAILY, Instant.parse("2026-11-12T00:00:00Z"));
        books.unreadable(new OfAgent(tenant, new AgentId("export-cut-99")), day);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base.replaceAll("/$", "") + EXPORT + THREE_PARTS))
                        .header("Authorization", "Bearer " + visitor.token(tenant))
                        .build();

        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> begun = client.send(request, BodyHandlers.ofInputStream());
            assertThat(begun.statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> begun.body().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCorrectionMakesItAnotherFile() {
        TenantId tenant = tenant("export-corrected", Plan.FREE);
        consistent.hours(tenant, LATELY, _ -> 1);
        String tag = get(tenant, LONG_OVER).header("ETag");
        Slice day = new Slice(Period.DAILY, Instant.parse("2026-11-19T00:00:00Z"));
        books.live(new OfTenant(tenant), day, Books.totals(999), 999_999);

        Response all = ranged(tenant, "bytes=5-").header("If-Range", tag).get(EXPORT + LONG_OVER);
        assertThat(all.statusCode()).as("the whole new one").isEqualTo(200);
        assertThat(all.header("ETag")).isNotEqualTo(tag);
        visitor.of(tenant)
                .header("If-Match", tag)
                .get(EXPORT + LONG_OVER)
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"));
    }

    @Test
    void isNotSentAgainToWhoHasIt() {
        TenantId tenant = tenant("export-known", Plan.FREE);
        consistent.hours(tenant, LATELY, _ -> 1);
        String tag = get(tenant, "").header("ETag");

        assertThat(tag).startsWith("\"");
        visitor.of(tenant).header("If-None-Match", tag).get(EXPORT).then().statusCode(304);
        visitor.of(tenant).head(EXPORT).then().statusCode(200).header("ETag", tag);
    }

    @Test
    void piecesOfAFileWhoseEndMovesAreNotGivenWithoutItsTag() {
        TenantId tenant = tenant("export-moving", Plan.FREE);
        consistent.hours(tenant, LATELY, _ -> 1);
        String tag = get(tenant, "").header("ETag");

        assertThat(ranged(tenant, "bytes=5-").get(EXPORT).statusCode()).isEqualTo(200);
        assertThat(ranged(tenant, "bytes=5-").header("If-Match", tag).get(EXPORT).statusCode())
                .isEqualTo(206);
    }

    @Test
    void everyPlanHasItsReachAndIsToldOfTheNext() {
        TenantId free = tenant("export-free", Plan.FREE);
        TenantId enterprise = tenant("export-enterprise", Plan.ENTERPRISE);

        tierRequired(free, "?from=2026-10-31", "professional");
        tierRequired(free, "?by=agent", "professional");
        tierRequired(free, "?granularity=hourly&from=2026-10-30", "enterprise");
        tierRequired(PRO, "?granularity=hourly&from=2026-10-31", "enterprise");
        refused(enterprise, "?granularity=hourly&from=2026-10-01", "from", "30 days");
        given(free, "?granularity=hourly&from=2026-11-01");
        given(PRO, "?from=2025-12-01");
        given(PRO, "?granularity=hourly&from=2026-11-01");
        given(enterprise, "?granularity=hourly&from=2026-10-23");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?format=xlsx | format | csv or ndjson",
                "?granularity=weekly | granularity | hourly, daily or monthly",
                "?by=everyone | by | tenant or agent",
                "?open=yes | open | exclude or include",
                "?time_zone=Mars%2FPhobos | time_zone | Europe/Zurich",
                "?time_zone=Asia%2FKolkata&from=2026-11-10 | time_zone | hours of UTC",
                "?by=agent&granularity=hourly | granularity | daily or monthly",
                "?by=agent&from=2026-11-10T01:00:00Z | from | midnight",
                "?by=agent&time_zone=Asia%2FTokyo&from=2026-11-10 | time_zone | days of UTC",
                "?by=agent&time_zone=Asia%2FTokyo | time_zone | days of UTC",
                "?from=2027-01-01 | from | future",
                "?from=2025-01-01 | from | 13 months",
                "?from=2026-11-10&to=2026-11-09 | to | after from"
            })
    void refusesWhatItCannotGive(String query, String field, String detail) {
        refused(PRO, query, field, detail);
    }

    @Test
    void isNotGivenWhileItIsNotKnownHowFarTheLedgerIs() {
        books.nothingRead();

        get(PRO, "")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("code", equalTo("unavailable"));
    }

    @Test
    void whatAnotherTenantLeftUnderAnAgentsIdIsNotInIt() {
        TenantId tenant = tenant("export-mine", Plan.PROFESSIONAL);
        TenantId other = tenant("export-other", Plan.PROFESSIONAL);
        AgentId moved = new AgentId("export-moved");
        Slice day = new Slice(Period.DAILY, Instant.parse("2026-11-03T00:00:00Z"));
        books.everBooked(tenant, moved);
        books.rollup(new OfAgent(other, moved), day, Books.totals(5), 5);

        assertThat(lines(get(tenant, "?by=agent&from=2026-11-03&to=2026-11-04"))).hasSize(1);
    }

    private void given(TenantId tenant, String query) {
        get(tenant, query).then().statusCode(200);
    }

    private void tierRequired(TenantId tenant, String query, String tier) {
        get(tenant, query)
                .then()
                .statusCode(403)
                .body("code", equalTo("tier_required"))
                .body("required_tier", equalTo(tier));
    }

    private void refused(TenantId tenant, String query, String field, String detail) {
        get(tenant, query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("field", equalTo(field))
                .body("detail", containsString(detail));
    }

    private RequestSpecification ranged(TenantId tenant, String range) {
        return visitor.of(tenant).urlEncodingEnabled(false).header("Range", range);
    }

    private Response get(TenantId tenant, String query) {
        return visitor.of(tenant).urlEncodingEnabled(false).get(EXPORT + query);
    }

    private TenantId tenant(String id, Plan plan) {
        TenantId tenant = new TenantId(id);
        books.tenant(tenant, plan);
        return tenant;
    }

    private static List<String> lines(Response file) {
        return file.then().statusCode(200).extract().body().asString().lines().toList();
    }

    private static String cell(String line, int number) {
        return line.split(",", -1)[number];
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
