package ai.artcafe.tracker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.Ranking;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.subject.SubjectClass;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.Tracker;
import ai.artcafe.tracker.TrackerUnderTest;
import ai.artcafe.tracker.broker.TestAgents;
import ai.artcafe.tracker.flow.store.RedisFlowStore;
import ai.artcafe.tracker.tap.ControlListener;
import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import io.vertx.mutiny.redis.client.Command;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What flows gets to Redis, whole, by tenant, within a second, whichever tracker saw it. */
@Timeout(120)
class FlowIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AgentId AGENT = new AgentId("agent-1");
    private static final AtomicInteger SLOTS = new AtomicInteger();

    private static LocalStack stack;
    private static TestStores stores;
    private static TestAgents agents;

    private final TenantId tenant;
    private final Slot slot;

    FlowIT() {
        int number = SLOTS.incrementAndGet();
        tenant = new TenantId("flow-" + number);
        slot = Slot.number(number);
    }

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.builder().slots(20).inMemory().start();
        stores = new TestStores(stack, Map.of("artcafe.flow.feed.timeout", "1m"));
        stores.tables().create();
        stores.redis().clear();
        agents = new TestAgents(stack);
    }

    @AfterAll
    static void stop() throws Exception {
        agents.close();
        stores.close();
        stack.close();
    }

    private static Tracker tracker(ControlListener heard, Map<String, String> settings) {
        Tracker tracker = TrackerUnderTest.start(stack, stores, settings, heard, Clock.systemUTC());
        await().atMost(SOON).until(() -> tracker.tap().session().isPresent());
        return tracker;
    }

    private static Tracker tracker() {
        return tracker((_, _, _) -> {}, Map.of());
    }

    private Connection agent() throws Exception {
        return agents.connect(new ConnectionOwner.Agent(tenant, AGENT), slot);
    }

    private String subject(String relative) {
        return "tenant." + tenant + "." + relative;
    }

    private long seconds() {
        return stores.redis().flowSeconds(tenant).values().stream()
                .mapToLong(Traffic::messages)
                .sum();
    }

    @Test
    void two_trackers_share_one_picture() throws Exception {
        stores.tables().place(tenant, slot);
        int messages = 20_000;
        try (Tracker _ = tracker();
                Tracker _ = tracker();
                Connection agent = agent()) {
            Headers headers = new Headers();
            for (int i = 0; i < messages; i++) {
                headers.put("Artcafe-Sent-At", Long.toString(System.currentTimeMillis()));
                agent.publish(subject("channel.c" + i % 3), headers, new byte[i % 50]);
            }
            agent.flush(SOON);

            await().atMost(SOON)
                    .untilAsserted(() -> {
                        assertThat(seconds()).isEqualTo(messages);
                        assertThat(stores.redis().flow(tenant).messages()).isEqualTo(messages);
                    });
        }
        Map<String, Traffic> shares = stores.redis().flowSeconds(tenant);
        assertThat(shares).hasSize(2);
        assertThat(shares.values()).allMatch(share -> share.messages() > messages / 10);
        Flow flow = stores.redis().flow(tenant);
        assertThat(flow.bytes())
                .isEqualTo(shares.values().stream().mapToLong(Traffic::bytes).sum());
        assertThat(flow.inspected()).isPositive().isLessThanOrEqualTo(messages);
        assertThat(flow.channels().top(5))
                .extracting(Ranking.Entry::item)
                .containsExactlyInAnyOrder("c0", "c1", "c2");
        assertThat(flow.latency().quantile(0.5).orElseThrow()).isBetween(0.0, 5000.0);
        assertThat(stores.redis().send(Command.TTL, "flow:due").orElseThrow().toLong())
                .isEqualTo(-1);
        assertThat(stores.redis().send(Command.ZCARD, RedisKeys.FLOW_DUE).orElseThrow().toLong())
                .isPositive();
    }

    @Test
    void a_new_tenants_first_message_is_not_lost() throws Exception {
        try (Tracker tracker = tracker();
                Connection agent = agent()) {
            await().atMost(SOON).until(() -> tracker.flow().toldThrough().toEpochMilli() > 0);
            TimeUnit.MILLISECONDS.sleep(700); // anywhere between two looks at the slots
            stores.tables().place(tenant, slot);
            long created = System.nanoTime();
            agent.publish(subject("x"), new byte[1]);
            agent.flush(SOON);
            await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(() -> seconds() == 1);

            Duration took = Duration.ofNanos(System.nanoTime() - created);
            System.out.println("new tenant shown after " + took.toMillis() + " ms");
            assertThat(tracker.flow().unknown()).isZero();
        }
    }

    @Test
    void a_tracker_that_is_killed_loses_the_window_that_it_had_not_written() throws Exception {
        stores.tables().place(tenant, slot);
        Tracker killed = tracker();
        try (Tracker _ = tracker();
                Connection agent = agent()) {
            int sent = 0;
            int atKill = 0;
            for (int i = 0; i < 60; i++) {
                for (int n = 0; n < 20; n++) {
                    agent.publish(subject("x"), new byte[1]);
                    sent++;
                }
                agent.flush(SOON);
                if (i == 40) {
                    TrackerUnderTest.kill(killed);
                    atKill = sent;
                }
                TimeUnit.MILLISECONDS.sleep(25);
            }
            int all = sent;
            int unflushed = 20 * 1000 / 25; // what comes in a second
            await().pollDelay(Duration.ofSeconds(2)).atMost(SOON).until(() -> true);
            System.out.println("killed after " + atKill + ", lost " + (all - seconds()));
            assertThat(seconds()).isBetween((long) all - unflushed, (long) all);
            assertThat(stores.redis().flow(tenant).messages())
                    .isBetween((long) all - unflushed, (long) all);
            assertThat(stores.redis().flowSeconds(tenant)).hasSize(2);
        }
    }

    @Test
    void forged_headers_and_strange_subjects_do_no_harm() throws Exception {
        stores.tables().place(tenant, slot);
        try (Tracker tracker = tracker();
                Connection agent = agent()) {
            long before = tracker.intake().implausible();
            List<String> forged = List.of("NaN", "-1", "9999999999999", "x".repeat(2000), "1");
            for (String sentAt : forged) {
                Headers headers = new Headers();
                headers.put("Artcafe-Sent-At", sentAt);
                headers.put("Artcafe-Client", "another-agent");
                agent.publish(subject("forged." + "y".repeat(900)), headers, new byte[1]);
            }
            Headers failed = new Headers();
            failed.put("Nats-Service-Error-Code", "500");
            agent.publish("_INBOX.some.reply", failed, new byte[1]);
            agent.flush(SOON);

            await().atMost(SOON)
                    .until(() -> stores.redis().flow(tenant).messages() == forged.size() + 1);
            Flow flow = stores.redis().flow(tenant);
            assertThat(tracker.intake().implausible() - before).isEqualTo(forged.size());
            assertThat(flow.latency().count()).isZero();
            assertThat(flow.serviceErrors()).isEqualTo(1);
            assertThat(flow.distinctSubjects().estimate()).isEqualTo(1);
            assertThat(flow.subjects().top(5))
                    .extracting(Ranking.Entry::item)
                    .containsExactlyInAnyOrder(
                            ("forged." + "y".repeat(900)).substring(0, FlowNames.MAX_SUBJECT),
                            "_INBOX");
            assertThat(stores.redis().send(Command.KEYS, "flow:*another-agent*").orElseThrow())
                    .isEmpty();
        }
    }

    @Test
    void a_heartbeat_is_heard_with_the_slot_it_came_from() throws Exception {
        stores.tables().place(tenant, slot);
        List<String> heard = new CopyOnWriteArrayList<>();
        ControlListener listener =
                (from, control, payload) -> {
                    if (from.equals(slot)) {
                        heard.add(
                                control.kind()
                                        + " "
                                        + control.tenant()
                                        + " "
                                        + control.agent()
                                        + " "
                                        + new String(payload, StandardCharsets.UTF_8));
                        throw new IllegalStateException("a listener that fails");
                    }
                };
        try (Tracker _ = tracker(listener, Map.of());
                Connection agent = agent()) {
            agent.publish(
                    "_HEARTBEAT.tenant.%s.client.%s".formatted(tenant, AGENT),
                    "{}".getBytes(StandardCharsets.UTF_8));
            agent.publish(subject("x"), new byte[1]);
            agent.flush(SOON);

            await().atMost(SOON)
                    .untilAsserted(() -> {
                        assertThat(stores.redis().flow(tenant).control()).isEqualTo(1);
                        assertThat(stores.redis().flow(tenant).messages()).isEqualTo(1);
                    });
            assertThat(heard)
                    .containsExactly(
                            SubjectClass.Kind.HEARTBEAT + " " + tenant + " " + AGENT + " {}");
        }
    }

    @Test
    void an_outage_of_redis_costs_nothing_that_was_seen() throws Exception {
        stores.tables().place(tenant, slot);
        try (Tracker tracker = tracker();
                Connection agent = agent()) {
            agent.publish(subject("x"), new byte[1]);
            await().atMost(SOON).until(() -> seconds() == 1);
            stack.redis().stop();
            for (int i = 0; i < 500; i++) {
                agent.publish(subject("x"), new byte[1]);
            }
            agent.flush(SOON);
            TimeUnit.SECONDS.sleep(2);
            stack.redis().start();
            stores.redis().send(Command.SET, RedisKeys.RESTORED, "1");

            await().ignoreExceptions()
                    .atMost(SOON)
                    .until(() -> stores.redis().flow(tenant).messages() >= 501);
            assertThat(stores.redis().flow(tenant).messages()).isEqualTo(501);
            assertThat(tracker.flow().lost()).isZero();
        }
    }

    @Test
    void thousands_of_tenants_are_written_beside_others_who_use_redis() throws Exception {
        byte[] flow = new Flow().toBytes();
        List<FlowShare> shares =
                IntStream.range(0, 2000)
                        .mapToObj(i ->
                                new FlowShare(
                                        new TenantId("many-" + i),
                                        Instant.parse("2026-11-21T10:05:00Z"),
                                        Map.of(7, new Traffic(i, i)),
                                        Optional.of(new FlowShare.Sketches(flow))))
                        .toList();
        RedisFlowStore store = stores.flow();
        long start = System.nanoTime();
        CompletableFuture<Set<TenantId>> other =
                CompletableFuture.supplyAsync(() -> store.write("other", shares));
        assertThat(store.write("one", shares)).isEmpty();
        assertThat(other.get()).isEmpty();
        System.out.println(
                "4000 tenants' shares written in "
                        + Duration.ofNanos(System.nanoTime() - start).toMillis()
                        + " ms");
        assertThat(stores.redis().flowSeconds(new TenantId("many-1999")).values())
                .containsExactly(new Traffic(1999, 1999), new Traffic(1999, 1999));
        String score =
                stores.redis()
                        .send(Command.ZSCORE, RedisKeys.FLOW_DUE, "M many-1999 202611211005")
                        .orElseThrow()
                        .toString();
        assertThat((long) Double.parseDouble(score))
                .isEqualTo(Instant.parse("2026-11-21T10:06:05Z").toEpochMilli());
    }
}
