package ai.artcafe.metrics.realtime.stream;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.EventStream;
import ai.artcafe.metrics.testing.EventStream.Event;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.TestClock;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.TokenIssuer;
import ai.artcafe.stack.TokenRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class RealtimeStreamIT {

    private static final String PATH = "/api/v1/metrics/realtime/stream";
    private static final long LAST_FULL = NOW.getEpochSecond() - 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TokenIssuer tokens = SharedStores.stack().tokens();
    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject TestClock clock;
    @Inject Streams streams;
    @Inject Feeds feeds;

    @BeforeEach
    void theLedgerIsUpToDate() {
        books.readThrough("n:SERVER", NOW);
    }

    @AfterEach
    void noStreamIsLeft() {
        clock.set(NOW);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(streams.size()).isZero());
        assertThat(feeds.size()).isZero();
    }

    @Test
    void tellsThePictureAtOnceAndThenAgainAndAgain() throws Exception {
        TenantId tenant = tenant("stream-first", Plan.STARTER);
        books.second(tenant, LAST_FULL, new Traffic(40, 4_000));

        try (EventStream stream = EventStream.open(tokens, tenant)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type").orElseThrow()).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).contains("no-store");
            assertThat(stream.header("X-Accel-Buffering")).contains("no");

            Event first = stream.next().orElseThrow();
            assertThat(first.name()).isEqualTo("realtime");
            assertThat(first.id()).contains(Long.toString(LAST_FULL));
            assertThat(first.fields()).containsEntry("retry", "2000");
            assertThat(first.data())
                    .isEqualTo(
                            visitor.of(tenant).get("/api/v1/metrics/realtime").as(JsonNode.class));

            Event second = stream.next().orElseThrow();
            assertThat(second.fields()).doesNotContainKey("retry");
            assertThat(second.data()).isEqualTo(first.data());

            books.second(tenant, LAST_FULL, new Traffic(41, 4_100));
            Event changed = until(stream, event -> rate(event) == 41);
            assertThat(changed.data().has("missed")).isFalse();
        }
    }

    @Test
    void tellsWhoComesBackTheSecondsThatItMissed() throws Exception {
        TenantId tenant = tenant("stream-back", Plan.STARTER);
        books.second(tenant, LAST_FULL, new Traffic(40, 4_000));
        books.second(tenant, LAST_FULL - 1, new Traffic(3, 300));
        books.second(tenant, LAST_FULL - 3, new Traffic(9, 900));

        try (EventStream stream = resumed(tenant, LAST_FULL - 3)) {
            JsonNode missed = stream.next().orElseThrow().data().get("missed");

            assertThat(missed.get("source").asText()).isEqualTo("ledger");
            assertThat(missed.get("from").asText()).isEqualTo("2026-11-21T03:50:02.000Z");
            assertThat(missed.get("to").asText()).isEqualTo("2026-11-21T03:50:04.000Z");
            assertThat(missed.get("seconds"))
                    .hasToString(
                            """
                            [{"at":"2026-11-21T03:50:02.000Z","messages":0,"bytes":0},\
                            {"at":"2026-11-21T03:50:03.000Z","messages":3,"bytes":300}]\
                            """);
            assertThat(stream.next().orElseThrow().data().has("missed")).isFalse();
        }
    }

    @Test
    void saysFromWhenSecondsAreMissingThatNobodyKnowsAnyMore() throws Exception {
        TenantId tenant = tenant("stream-long-gone", Plan.STARTER);

        try (EventStream stream = resumed(tenant, LAST_FULL - 86_400)) {
            JsonNode missed = stream.next().orElseThrow().data().get("missed");

            assertThat(missed.get("from").asText()).isEqualTo("2026-11-20T03:50:05.000Z");
            assertThat(missed.get("seconds")).hasSize(118);
            assertThat(missed.at("/seconds/0/at").asText()).isEqualTo("2026-11-21T03:48:06.000Z");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999_999_999L})
    void whoHasMissedNothingIsToldNothingOfIt(long ahead) throws Exception {
        TenantId tenant = tenant("stream-ahead", Plan.STARTER);

        try (EventStream stream = resumed(tenant, Math.min(LAST_FULL + ahead, 999_999_999_999L))) {
            assertThat(stream.next().orElseThrow().data().has("missed")).isFalse();
        }
    }

    @Test
    void aSecondThatTheServiceItselfSkippedIsToldToo() throws Exception {
        TenantId tenant = tenant("stream-skipped", Plan.STARTER);
        try (EventStream stream = EventStream.open(tokens, tenant)) {
            stream.next();
            books.second(tenant, LAST_FULL + 1, new Traffic(7, 70));
            clock.set(NOW.plusSeconds(3));
            books.readThrough("n:SERVER", NOW.plusSeconds(3));

            Event after = until(stream, event -> event.data().has("missed"));

            assertThat(after.id()).contains(Long.toString(LAST_FULL + 3));
            assertThat(after.data().at("/missed/seconds")).hasSize(2);
            assertThat(after.data().at("/missed/seconds/0/messages").asLong()).isEqualTo(7);
        }
    }

    @Test
    void withoutAnyReadingThereIsNoSecondToComeBackTo() throws Exception {
        books.nothingRead();
        TenantId tenant = tenant("stream-unread", Plan.STARTER);

        try (EventStream stream = resumed(tenant, LAST_FULL - 3)) {
            Event event = stream.next().orElseThrow();
            assertThat(event.id()).isEmpty();
            assertThat(event.data().has("missed")).isFalse();
            assertThat(event.data().get("as_of").isNull()).isTrue();
        }
    }

    @Test
    void followsAChangeOfPlan() throws Exception {
        TenantId tenant = tenant("stream-upgrading", Plan.STARTER);
        try (EventStream stream = EventStream.open(tokens, tenant)) {
            assertThat(tier(stream.next().orElseThrow())).isEqualTo("basic");
            books.tenant(tenant, Plan.ENTERPRISE);

            Event event = until(stream, each -> !tier(each).equals("basic"));

            assertThat(tier(event)).isEqualTo("enterprise");
            assertThat(event.data().get("locked")).isEmpty();
        }
    }

    @Test
    void endsWithTheTenant() throws Exception {
        TenantId tenant = tenant("stream-leaving", Plan.STARTER);
        try (EventStream stream = EventStream.open(tokens, tenant)) {
            stream.next();
            books.noTenant(tenant);

            Event last = until(stream, event -> event.name().equals("ended"));

            assertThat(last.data().get("code").asText()).isEqualTo("not_found");
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void endsWithTheToken() throws Exception {
        TenantId tenant = tenant("stream-expiring", Plan.STARTER);
        Instant begun = Instant.now();
        String token =
                tokens.token(
                        new TokenRequest(
                                "ada",
                                Optional.of(tenant),
                                Role.VIEWER,
                                false,
                                Duration.ofHours(1)));
        try (EventStream stream = EventStream.open(token)) {
            stream.next();
            clock.set(begun.plus(Duration.ofHours(2)));

            Event last = until(stream, event -> event.name().equals("expired"));

            assertThat(last.data().get("code").asText()).isEqualTo("unauthenticated");
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void manyWhoWatchATenantShareOneReader() throws Exception {
        TenantId tenant = tenant("stream-shared", Plan.STARTER);
        List<EventStream> opened = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                opened.add(EventStream.open(tokens, tenant));
            }
            for (EventStream stream : opened) {
                stream.next();
                stream.next();
            }
            assertThat(streams.size()).isEqualTo(10);
            assertThat(feeds.size()).isEqualTo(1);
        } finally {
            for (EventStream stream : opened) {
                stream.close();
            }
        }
    }

    @Test
    void refusesMoreThanAUserMayHaveUntilOneIsClosed() throws Exception {
        TenantId tenant = tenant("stream-greedy", Plan.STARTER);
        List<EventStream> opened = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                opened.add(EventStream.open(tokens, tenant));
            }
            try (EventStream refused = EventStream.open(tokens, tenant)) {
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.header("Content-Type")).contains("application/problem+json");
                assertThat(refused.header("Retry-After")).contains("5");
                assertThat(refused.problem().get("code").asText()).isEqualTo("limit_exceeded");
            }
            String other = tokens.token(TokenRequest.member("eve", tenant, Role.VIEWER));
            opened.add(EventStream.open(other));
            assertThat(opened.getLast().status()).isEqualTo(200);

            opened.removeFirst().close();
            await().atMost(PATIENCE)
                    .until(() -> {
                        EventStream again = EventStream.open(tokens, tenant);
                        opened.add(again);
                        return again.status() == 200;
                    });
        } finally {
            for (EventStream stream : opened) {
                stream.close();
            }
        }
    }

    @Test
    void whatCannotBeIsRefusedBeforeThereIsAStream() throws IOException {
        TenantId tenant = tenant("stream-refused", Plan.STARTER);
        problem(EventStream.open("nobody"), 401, "unauthenticated");
        problem(EventStream.open(tokens, new TenantId("stream-nowhere")), 404, "not_found");
        problem(
                EventStream.open(tokens, tenant, "X-Tenant-Id", "stream-foreign"),
                404,
                "not_found");
        for (String id : List.of("x", "-1", "1.5", "9".repeat(13), "9".repeat(8_000))) {
            problem(EventStream.open(tokens, tenant, "Last-Event-ID", id), 400, "invalid_request");
        }
        visitor.of(tenant)
                .accept("application/json")
                .get(PATH)
                .then()
                .statusCode(406)
                .body("code", equalTo("not_acceptable"));
        visitor.of(tenant).post(PATH).then().statusCode(405);
        given().queryParam("access_token", "x").get(PATH).then().statusCode(401);
    }

    private static void problem(EventStream answer, int status, String code) throws IOException {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem().get("code").asText()).isEqualTo(code);
    }

    private static Event until(EventStream stream, Predicate<Event> wanted)
            throws InterruptedException {
        Event event = stream.next().orElseThrow();
        while (!wanted.test(event)) {
            event = stream.next().orElseThrow();
        }
        return event;
    }

    private EventStream resumed(TenantId tenant, long lastEventId) {
        return EventStream.open(tokens, tenant, "Last-Event-ID", Long.toString(lastEventId));
    }

    private TenantId tenant(String id, Plan plan) {
        TenantId tenant = new TenantId(id);
        books.tenant(tenant, plan);
        return tenant;
    }

    private static long rate(Event event) {
        return event.data().at("/rates/messages_per_second").asLong();
    }

    private static String tier(Event event) {
        return event.data().get("tier").asText();
    }
}
