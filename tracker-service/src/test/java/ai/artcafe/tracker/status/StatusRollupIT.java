package ai.artcafe.tracker.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.Distribution;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.runtime.status.AgentRequests;
import ai.artcafe.runtime.status.EndpointActivity;
import ai.artcafe.runtime.status.MinuteReport;
import ai.artcafe.runtime.status.RequestActivity;
import ai.artcafe.runtime.status.RequestParty;
import ai.artcafe.runtime.status.ServiceActivity;
import ai.artcafe.runtime.status.SpanSummary;
import ai.artcafe.runtime.status.StatusJson;
import ai.artcafe.runtime.status.store.RedisReports;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.status.store.DynamoStatus;
import ai.artcafe.tracker.status.store.RedisStatus;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports in Redis become hours and days in DynamoDB, whatever happens in between. */
@Timeout(300)
class StatusRollupIT {

    private static final Instant HOUR = Instant.parse("2026-11-21T10:00:00Z");
    private static final TenantId ACME = new TenantId("acme");
    private static final RequestParty BOT = RequestParty.answering(ACME, new AgentId("bot"));

    private final TestClock clock = new TestClock(HOUR);
    private final Vertx vertx = Vertx.vertx();
    private LocalStack stack;
    private TestStores stores;
    private Redis redis;

    @BeforeEach
    void start() {
        stack =
                LocalStack.builder()
                        .slots(1)
                        .inMemory()
                        .with(Backing.REDIS, Backing.DYNAMODB)
                        .start();
        stores = new TestStores(stack, Map.of());
        stores.tables().create();
        redis = Redis.createClient(vertx, stack.redisUrl().toString());
    }

    @AfterEach
    void stop() {
        redis.close();
        vertx.close();
        stores.close();
        stack.close();
    }

    @Test
    void anyOrderAndRepetitionOfReportsAndRollupsGivesTheSameHourAndDay() {
        List<MinuteReport> reports = new ArrayList<>();
        for (int minute = 0; minute < 60; minute += 7) {
            for (String instance : List.of("a-1", "b-2")) {
                for (int soFar = 1; soFar <= 3; soFar++) {
                    reports.add(report(instance, minute, soFar, true));
                }
            }
        }
        List<MinuteReport> all = new ArrayList<>(reports);
        all.addAll(reports.subList(5, 25));
        Collections.shuffle(all, new Random(7));
        RedisReports sink = new RedisReports(redis, clock);
        clock.set(HOUR.plusSeconds(7300));
        for (MinuteReport report : all) {
            assertThat(sink.send(report)).isTrue();
        }

        assertThat(rollup().run()).isZero();
        clock.set(HOUR.plusSeconds(7400));
        assertThat(rollup().run()).isEqualTo(2);
        assertThat(rollup().run()).isZero();

        for (String span : List.of("H#2026112110", "D#20261121")) {
            SpanSummary summary = summary(span);
            assertThat(summary.firstMinute()).isEqualTo(HOUR);
            assertThat(summary.requests().requests()).isEqualTo(9 * 2 * 3);
            assertThat(summary.requests().millis().count()).isEqualTo(9 * 2 * 3);
            assertThat(summary.sessions()).isEqualTo(3);
            assertThat(summary.services().get("gateway").upMinutes()).isEqualTo(9);
            assertThat(summary.services().get("gateway").instances()).isEqualTo(2);
            assertThat(requests(span).answered()).isEqualTo(9 * 2 * 3);
        }
    }

    @Test
    void aLateReportIsAddedToItsHourAndWhatRedisHasForgottenIsNotTakenAway() {
        RedisReports sink = new RedisReports(redis, clock);
        sink.send(report("a-1", 5, 2, true));
        sink.send(report("a-1", 50, 2, false));
        clock.set(HOUR.plusSeconds(3700));
        rollup().run();
        assertThat(summary("H#2026112110").requests().requests()).isEqualTo(4);

        sink.send(report("b-2", 50, 1, true));
        clock.set(HOUR.plusSeconds(3720));
        rollup().run();
        assertThat(summary("H#2026112110").requests().requests()).isEqualTo(5);
        assertThat(summary("D#20261121").requests().requests()).isEqualTo(5);

        redis(Request.cmd(Command.DEL).arg(RedisKeys.statusMinute(HOUR.plusSeconds(300))));
        sink.send(report("b-2", 51, 1, true));
        clock.set(HOUR.plusSeconds(3740));
        rollup().run();
        assertThat(summary("H#2026112110").requests().requests()).isEqualTo(5);
    }

    @Test
    void whileDynamoDbIsAwayAnHourStaysDueAndAnotherTrackerWritesItAfterwards() {
        RedisReports sink = new RedisReports(redis, clock);
        sink.send(report("a-1", 5, 3, true));
        clock.set(HOUR.plusSeconds(3700));
        stack.dynamoDb().kill();
        assertThatThrownBy(() -> rollup().run()).isInstanceOf(RuntimeException.class);

        stack.dynamoDb().start();
        stores.tables().create();
        assertThat(rollup().run()).isEqualTo(2);
        assertThat(summary("H#2026112110").requests().requests()).isEqualTo(3);
        assertThat(requests("H#2026112110").answered()).isEqualTo(3);
    }

    @Test
    void whileRedisIsAwayAReportIsNotTaken() {
        RedisReports sink = new RedisReports(redis, clock);
        stack.redis().kill();
        assertThat(sink.send(report("a-1", 5, 3, true))).isFalse();

        stack.redis().start();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sink.send(report("a-1", 5, 3, true)));
    }

    @Test
    void agentsWithConnectionsAreCountedOverAllTenants() {
        for (String tenant : List.of("acme", "beta")) {
            redis(Request.cmd(Command.HSET).arg(RedisKeys.GLOBAL_TENANTS).arg(tenant).arg("{}"));
            redis(
                    Request.cmd(Command.HSET)
                            .arg(RedisKeys.openConnections(new TenantId(tenant)))
                            .arg(tenant + "-1")
                            .arg(1)
                            .arg(tenant + "-2")
                            .arg(5));
        }
        new RedisStatus(redis, clock).countAgents();

        assertThat(redis(Request.cmd(Command.GET).arg(RedisKeys.STATUS_AGENTS)))
                .isEqualTo("4 " + HOUR.toEpochMilli());
    }

    private StatusRollup rollup() {
        return new StatusRollup(
                new RedisStatus(redis, clock),
                new DynamoStatus(stores.dynamoDb(), Settings.of(StatusRollupConfig.class), clock),
                clock);
    }

    private static MinuteReport report(String instance, int minute, int soFar, boolean up) {
        Distribution millis = new Distribution();
        DistinctItems sessions = new DistinctItems();
        for (int i = 1; i <= soFar; i++) {
            millis.add(i * 10.0, 1);
            sessions.add("s-" + i);
        }
        return new MinuteReport(
                "gateway",
                instance,
                HOUR.plusSeconds(minute * 60L),
                Optional.of(
                        new ServiceActivity(
                                1,
                                up ? 1 : 0,
                                1,
                                new TreeMap<>(
                                        Map.of(
                                                "GET /a",
                                                new EndpointActivity(
                                                        new TreeMap<>(Map.of(200, (long) soFar)),
                                                        millis))),
                                sessions,
                                new DistinctItems(),
                                RequestActivity.NONE)),
                List.of(new AgentRequests(BOT, new RequestActivity(soFar, 0, 0, millis))));
    }

    private SpanSummary summary(String span) {
        return StatusJson.summary(
                stores.tables().items("PLATFORM").get("STATUS#" + span).get("json").s());
    }

    private RequestActivity requests(String span) {
        List<AgentRequests> all =
                StatusJson.requests(
                        stores.tables()
                                .items("TENANT#acme")
                                .get("REQUESTS#" + span)
                                .get("json")
                                .s());
        assertThat(all).hasSize(1);
        assertThat(all.getFirst().party()).isEqualTo(BOT);
        return all.getFirst().activity();
    }

    private String redis(Request request) {
        return redis.send(request).toCompletionStage().toCompletableFuture().join().toString();
    }
}
